declare module "*.svg?path" {
  const path: string;
  export default path;
}
declare module "virtual:emoji/*" {
  const packed: string;
  export default packed;
}

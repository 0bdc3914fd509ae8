import { apart } from "../kit/apart.svelte.ts";
import { onLostPhoto } from "../kit/photos.ts";
import { api } from "../ports/api.ts";
import { store } from "../ports/store.ts";
import type { Card } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

class Face {
  card = $state.raw<Card | null>(null);
}

const TOGETHER_MS = 30;
const PAGE = 100;

/** Everybody whose name is shown; who is missing is asked for, many at a time. */
class Faces {
  #faces = new Map<Id, Face>();
  #wanted = new Set<Id>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  put(cards: Iterable<Card>): void {
    for (const card of cards) {
      const face = this.#face(card.id);
      const known = face.card?.name;
      face.card = !card.name && known ? { ...card, name: known } : card;
    }
  }

  get(id: Id): Card | null {
    return this.#face(id).card;
  }

  /** Names somebody of whom an archive holds nothing but the name. */
  name(id: Id, name: string | null): void {
    const face = this.#face(id);
    if (name && face.card && !face.card.name) face.card = { ...face.card, name };
  }

  /** The same, and asks the server when nobody by this id is known yet. */
  want(id: Id): Card | null {
    const { card } = this.#face(id);
    if (!card) this.renew(id);
    return card;
  }

  /** Asks the server, whoever is known: what is here is out of date. */
  renew(id: Id): void {
    this.#wanted.add(id);
    this.#timer ??= setTimeout(() => void this.#fetch(), TOGETHER_MS);
  }

  clear(): void {
    this.#faces.clear();
    this.#wanted.clear();
  }

  #face(id: Id): Face {
    let face = this.#faces.get(id);
    if (!face) {
      face = apart(() => new Face());
      this.#faces.set(id, face);
    }
    return face;
  }

  async #fetch(): Promise<void> {
    this.#timer = undefined;
    const ids = [...this.#wanted].slice(0, PAGE);
    for (const id of ids) this.#wanted.delete(id);
    if (this.#wanted.size) this.#timer = setTimeout(() => void this.#fetch(), TOGETHER_MS);
    try {
      const { cards } = await api.get<{ cards: Card[] }>("/api/cards", {
        query: { ids: ids.join(",") },
      });
      this.put(cards);
      store.saveRows([], cards);
    } catch {
      this.put(await store.cards(ids));
    }
  }
}

export const faces = new Faces();

onLostPhoto((id) => faces.renew(id));

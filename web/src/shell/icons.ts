/** Pictures of commands: only the palette shows them, so only the palette brings them. */
import alarm from "lucide-static/icons/alarm-clock.svg?path";
import archive from "lucide-static/icons/archive.svg?path";
import arrowDown from "lucide-static/icons/arrow-down.svg?path";
import bell from "lucide-static/icons/bell.svg?path";
import bellOff from "lucide-static/icons/bell-off.svg?path";
import bellRing from "lucide-static/icons/bell-ring.svg?path";
import check from "lucide-static/icons/check.svg?path";
import plus from "lucide-static/icons/circle-plus.svg?path";
import help from "lucide-static/icons/circle-question-mark.svg?path";
import command from "lucide-static/icons/command.svg?path";
import eyeOff from "lucide-static/icons/eye-off.svg?path";
import folder from "lucide-static/icons/folder-input.svg?path";
import gallery from "lucide-static/icons/gallery-horizontal.svg?path";
import history from "lucide-static/icons/history.svg?path";
import house from "lucide-static/icons/house.svg?path";
import importIcon from "lucide-static/icons/import.svg?path";
import info from "lucide-static/icons/info.svg?path";
import keyboard from "lucide-static/icons/keyboard.svg?path";
import listChecks from "lucide-static/icons/list-checks.svg?path";
import listFilter from "lucide-static/icons/list-filter.svg?path";
import logOut from "lucide-static/icons/log-out.svg?path";
import mail from "lucide-static/icons/mail.svg?path";
import messageCircle from "lucide-static/icons/message-circle.svg?path";
import moon from "lucide-static/icons/moon.svg?path";
import octagonAlert from "lucide-static/icons/octagon-alert.svg?path";
import reply from "lucide-static/icons/reply.svg?path";
import rows3 from "lucide-static/icons/rows-3.svg?path";
import rss from "lucide-static/icons/rss.svg?path";
import scale from "lucide-static/icons/scale.svg?path";
import search from "lucide-static/icons/search.svg?path";
import settings from "lucide-static/icons/settings.svg?path";
import squarePen from "lucide-static/icons/square-pen.svg?path";
import star from "lucide-static/icons/star.svg?path";
import tag from "lucide-static/icons/tag.svg?path";
import trash from "lucide-static/icons/trash-2.svg?path";
import undo2 from "lucide-static/icons/undo-2.svg?path";
import userRound from "lucide-static/icons/user-round.svg?path";
import userRoundPlus from "lucide-static/icons/user-round-plus.svg?path";
import users from "lucide-static/icons/users.svg?path";
import wand from "lucide-static/icons/wand-sparkles.svg?path";

export const commandIcons: Record<string, string> = {
  "invitations.accept": check,
  "invitations.ask": help,
  "invitations.follow": rss,
  "invitations.go_archive": archive,
  "invitations.go_log": history,
  "invitations.go_queue": listChecks,
  "invitations.go_rules": listFilter,
  "invitations.ignore": eyeOff,
  "invitations.preset": wand,
  "invitations.reply": reply,
  "invitations.run_rules": wand,
  "invitations.select_all": listChecks,
  "invitations.select_none": listChecks,
  "invitations.undo_run": undo2,
  "messaging.archive": archive,
  "messaging.archive_all": archive,
  "messaging.box": folder,
  "messaging.delete": trash,
  "messaging.details": info,
  "messaging.filter": listFilter,
  "messaging.label": tag,
  "messaging.mute": bellOff,
  "messaging.new": squarePen,
  "messaging.remind": bellRing,
  "messaging.reply": reply,
  "messaging.search": search,
  "messaging.select_all": listChecks,
  "messaging.select_none": listChecks,
  "messaging.select_read": listChecks,
  "messaging.select_unread": listChecks,
  "messaging.show_new": arrowDown,
  "messaging.snooze": alarm,
  "messaging.spam": octagonAlert,
  "messaging.star": star,
  "messaging.unread": mail,
  "profiles.search": search,
  "shell.activity": history,
  "shell.density": rows3,
  "shell.go_archived": archive,
  "shell.go_home": house,
  "shell.go_import": importIcon,
  "shell.go_invitations": userRoundPlus,
  "shell.go_messages": messageCircle,
  "shell.go_network": users,
  "shell.go_notifications": bell,
  "shell.go_profile": userRound,
  "shell.go_reports": scale,
  "shell.go_settings": settings,
  "shell.help": keyboard,
  "shell.palette": command,
  "shell.sign_out": logOut,
  "shell.theme": moon,
  "shell.undo": undo2,
  "stories.go_stories": gallery,
  "stories.new": plus,
};

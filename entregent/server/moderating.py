"""`entregent admin`, `reports` and `links`: hosts are made here, and can decide here too."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, get_args

import msgspec

from entregent.accounts import account, find_member
from entregent.kit.errors import Refusal
from entregent.kit.reports import Reason
from entregent.kit.sentences import sentence
from entregent.messaging import block_domain, blocked_domains, unblock_domain
from entregent.moderation import (
    HostCase,
    Judgement,
    Verdict,
    cases,
    decide,
    file_of,
    grant,
    hosts,
    log,
    reverse,
    revoke,
    uphold,
)
from entregent.ports.db import Transaction

from .house import House
from .opened import opened

NOBODY = "nobody"  # what is reported about nobody in particular


def declare_admin(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `admin`."""
    parser = commands.add_parser("admin", help="say who hosts this network")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _verb(verbs, "grant", "make a member a host", _grant).add_argument("email")
    _verb(verbs, "revoke", "make a host a member like others", _revoke).add_argument("email")
    _verb(verbs, "list", "list the hosts", _hosts)


def declare_reports(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `reports`."""
    parser = commands.add_parser("reports", help="decide what members have reported")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = _verb(verbs, "list", "list about whom something waits", _list)
    listing.add_argument("--decided", action="store_true", help="where all is decided instead")
    listing.add_argument("--after", default="", help="where the last page ended")
    show = _verb(verbs, "show", "show what was reported of a person", _show)
    show.add_argument("person", help=f"an address, an id, or {NOBODY}")
    ruling = _verb(verbs, "decide", "decide what waits about a person", _decide)
    ruling.add_argument("person", help=f"an address, an id, or {NOBODY}")
    ruling.add_argument("verdict", choices=get_args(Verdict))
    ruling.add_argument("--reason", choices=get_args(Reason), default="other")
    ruling.add_argument("--statement", default="", help="the reasons, told to the person")
    ruling.add_argument("--days", type=int, help="for how long")
    for name, told, run in (
        ("reverse", "take a decision back", _reverse),
        ("uphold", "answer who objected that it stands", _uphold),
    ):
        parser_ = _verb(verbs, name, told, run)
        parser_.add_argument("person")
        parser_.add_argument("decision")
        parser_.add_argument("--statement", required=True, help="the reasons, told to the person")
    _verb(verbs, "log", "show what hosts did", _log).add_argument("--after", default="")


def declare_links(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `links`."""
    parser = commands.add_parser("links", help="say of which domains readers are warned")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    told = "warn of a domain and all below it, in what is said from now on"
    _verb(verbs, "block", told, _block).add_argument("domain")
    _verb(verbs, "unblock", "take a domain from the list", _unblock).add_argument("domain")
    _verb(verbs, "list", "list the domains", _blocked)


def _verb(verbs: Any, name: str, told: str, run: Callable[..., int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=told)
    parser.add_argument("--data", help="folder for everything that is kept")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=lambda chosen: _guarded(chosen, run))
    return parser


def _guarded(chosen: argparse.Namespace, run: Callable[[House, argparse.Namespace], int]) -> int:
    with opened(chosen.data) as house:
        try:
            return run(house, chosen)
        except Refusal as refusal:
            print(f"entregent: {sentence('en', refusal.code, refusal.params)}", file=sys.stderr)
            return 1


def _grant(house: House, chosen: argparse.Namespace) -> int:
    house.db.write_now(lambda tx: grant(tx, _member(tx, chosen.email)))
    return _printed(chosen, {"host": chosen.email}, f"{chosen.email} is a host now.")


def _revoke(house: House, chosen: argparse.Namespace) -> int:
    house.db.write_now(lambda tx: revoke(tx, _member(tx, chosen.email)))
    return _printed(chosen, {"revoked": chosen.email}, f"{chosen.email} is no host any more.")


def _hosts(house: House, chosen: argparse.Namespace) -> int:
    def found(tx: Transaction) -> list[str]:
        return [account(tx, row.member_id).email for row in hosts(tx)]

    emails = house.db.read_now(found)
    return _printed(chosen, {"hosts": emails}, "\n".join(emails) or "There is no host yet.")


def _list(house: House, chosen: argparse.Namespace) -> int:
    page = house.db.read_now(cases, not chosen.decided, chosen.after)
    lines = [f"{page.total} in all", *(_line(one) for one in page.cases)]
    if page.next:
        lines.append(f"more: --after {page.next}")
    return _printed(chosen, page, "\n".join(lines))


def _show(house: House, chosen: argparse.Namespace) -> int:
    file = house.db.read_now(lambda tx: file_of(tx, _person(tx, chosen.person)))
    lines = [_line(file.case)]
    for report in file.reports:
        lines.append(
            f"\n{_day(report.at)}  {report.kind}, {report.reason}, {report.state}: {report.note}"
        )
        lines += [
            f"  {'>' if said.reported else ' '} {said.author_id or '?'}: {said.text}"
            for said in report.seen.said
        ]
        if report.kind == "person":
            lines.append(f"    {report.seen.name}, {report.seen.headline}: {report.seen.about}")
    for one in file.decisions:
        decision = one.decision
        state = "taken back" if decision.reversed_at else "stands"
        lines.append(f"\n{_day(decision.at)}  decision {decision.id}: {decision.verdict}, {state}")
        lines.append(f"    {decision.statement}")
        lines += [f"    objection: {decision.appeal.text}"] if decision.appeal else []
        lines += [f"    answer: {decision.answer.text}"] if decision.answer else []
    return _printed(chosen, file, "\n".join(lines))


def _decide(house: House, chosen: argparse.Namespace) -> int:
    judgement = Judgement(chosen.verdict, chosen.reason, chosen.statement, chosen.days)
    ruled = house.db.write_now(lambda tx: decide(tx, None, _person(tx, chosen.person), judgement))
    return _printed(chosen, {"decision": str(ruled.decision_id)}, f"Decided: {ruled.decision_id}.")


def _reverse(house: House, chosen: argparse.Namespace) -> int:
    house.db.write_now(
        lambda tx: reverse(
            tx, None, _person(tx, chosen.person), int(chosen.decision), chosen.statement
        )
    )
    return _printed(chosen, {"reversed": chosen.decision}, "Taken back.")


def _uphold(house: House, chosen: argparse.Namespace) -> int:
    house.db.write_now(
        lambda tx: uphold(
            tx, None, _person(tx, chosen.person), int(chosen.decision), chosen.statement
        )
    )
    return _printed(chosen, {"upheld": chosen.decision}, "Answered.")


def _log(house: House, chosen: argparse.Namespace) -> int:
    page = house.db.read_now(log, chosen.after)
    lines = [
        f"{_day(one.at)}  {one.by_id or 'command line'}  {one.what}  {one.person_id or '-'}  "
        + " ".join(f"{name}={value}" for name, value in one.detail.items())
        for one in page.entries
    ]
    return _printed(chosen, page, "\n".join(lines) or "Nothing was done yet.")


def _block(house: House, chosen: argparse.Namespace) -> int:
    kept = house.db.write_now(block_domain, chosen.domain)
    return _printed(chosen, {"blocked": kept}, f"Readers are warned of {kept} from now on.")


def _unblock(house: House, chosen: argparse.Namespace) -> int:
    kept = house.db.write_now(unblock_domain, chosen.domain)
    return _printed(chosen, {"unblocked": kept}, f"{kept} is not on the list any more.")


def _blocked(house: House, chosen: argparse.Namespace) -> int:
    found = house.db.read_now(blocked_domains)
    return _printed(chosen, {"domains": found}, "\n".join(found) or "The list is empty.")


def _line(case: HostCase) -> str:
    reasons = ", ".join(f"{one.reason} {one.count}" for one in case.reasons)
    return (
        f"{case.person_id or NOBODY}  {case.name}  {case.waiting} reports by {case.reporters}, "
        f"{case.appeals} objections  {reasons}"
    )


def _printed(chosen: argparse.Namespace, answer: Any, text: str) -> int:
    print(json.dumps(msgspec.to_builtins(answer), ensure_ascii=False) if chosen.json else text)
    return 0


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000, UTC).strftime("%Y-%m-%d %H:%M")


def _member(tx: Transaction, email: str) -> int:
    found = find_member(tx, email)
    if found is None:
        raise Refusal("transfer.no_such_member", status=404, email=email)
    return found


def _person(tx: Transaction, text: str) -> int:
    if text == NOBODY:
        return 0
    return int(text) if text.isascii() and text.isdigit() else _member(tx, text)

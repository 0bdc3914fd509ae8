"""`entregent member add`: an account made by the host, whether the server runs or not."""

import argparse
import getpass
import json
import os
import sys

from entregent.accounts import check_new_password, create_member, hash_password
from entregent.kit.errors import Refusal
from entregent.kit.sentences import sentence

from .opened import opened


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("member", help="manage members")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    add = verbs.add_parser("add", help="add a member")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--language", choices=("en", "fr"), default="en")
    add.add_argument("--data", help="folder for everything that is kept")
    add.add_argument("--json", action="store_true", help="print one JSON object")
    add.set_defaults(run=run_add)


def run_add(chosen: argparse.Namespace) -> int:
    """Adds a member. The password comes from ENTREGENT_PASSWORD or is asked for at a terminal;
    without either the account has none until one is set."""
    password = os.environ.get("ENTREGENT_PASSWORD", "")
    if not password and sys.stdin.isatty():
        password = getpass.getpass("Password (empty for none): ")
    with opened(chosen.data) as house:
        try:
            hashed = ""
            if password:
                check_new_password(password, chosen.email, chosen.name)
                hashed = hash_password(password)
            member_id = house.db.write_now(
                create_member, chosen.email, hashed, chosen.name, chosen.language, True
            )
        except Refusal as refusal:
            print(f"entregent: {sentence('en', refusal.code, refusal.params)}", file=sys.stderr)
            return 1
    if chosen.json:
        print(json.dumps({"id": str(member_id), "email": chosen.email}))
    else:
        print(f"{chosen.name} <{chosen.email}> is a member now.")
    return 0

"""Signatures on a manifest, made and checked by existing tools: minisign, or sigstore.

Who signs, signs `manifest.json`: it names every other file. The public key must come from elsewhere than the copy.

    minisign -S -m manifest.json              makes manifest.json.minisig
    reftel verify COPY --key RWQ...           checks it, with the minisign of this machine
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import msgspec

from reftel.publish.copies import Copy, Damaged
from reftel.publish.edition import MANIFEST

MINISIGN = MANIFEST + ".minisig"
SIGSTORE = MANIFEST + ".sigstore.json"
SIGNATURES = (MINISIGN, SIGSTORE)


class Signature(msgspec.Struct, frozen=True):
    """What is to be said of a copy's signature; `wrong` when it must not be trusted."""

    path: str
    said: str
    wrong: bool = False


def check_signature(copy: Copy, key: str) -> Signature:
    """Check the signature of a copy's manifest with `key`, a minisign public key or the file of one."""
    if MINISIGN in copy.sizes:
        return _minisign(copy, key)
    if SIGSTORE in copy.sizes:
        hint = f"signed with sigstore; check it with: sigstore verify identity --bundle {SIGSTORE} ... {MANIFEST}"
        return Signature(SIGSTORE, hint, wrong=bool(key))
    return Signature(MANIFEST, "a key was named and there is no signature" if key else "not signed", wrong=bool(key))


def _minisign(copy: Copy, key: str) -> Signature:
    if not key:
        return Signature(MINISIGN, "signed with minisign; name the signer's public key with --key to check it")
    tool = shutil.which("minisign")
    if tool is None:
        return Signature(MINISIGN, "not checked: minisign is not installed here", wrong=True)
    with tempfile.TemporaryDirectory(prefix="reftel-") as folder:
        try:
            for name in (MANIFEST, MINISIGN):
                Path(folder, name).write_bytes(copy.read(name))
        except (KeyError, Damaged) as error:
            return Signature(MINISIGN, f"not checked: {error}", wrong=True)
        named = ["-p", str(Path(key).resolve())] if Path(key).is_file() else ["-P", key]
        command = [tool, "-V", *named, "-m", MANIFEST]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        return Signature(
            MINISIGN, f"the signature is not of this manifest and key: {said[0] if said else ''}", wrong=True
        )
    return Signature(MINISIGN, "the signature is good")

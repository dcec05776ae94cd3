"""Taking personal words out of what tools print: names, networks, places; pure.

Two ways together: names that this machine knows, wherever they stand, and the forms in which tools
print what belongs to people. A false hit costs a word of evidence; a miss would publish a person.
"""

import codecs
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

GONE = "[***]"  # without a letter or digit, so that no name is ever a part of it
_SUBSTRING_FROM = 4  # letters; a shorter name is taken out only where it stands alone
_SHORTEST = 2
_NOBODYS = frozenset(  # names that tell no one apart, and would take half of the evidence along
    {
        "acer", "admin", "administrator", "android", "apple", "asus", "computer", "debian", "dell",
        "desktop", "fedora", "guest", "home", "hp", "lan", "laptop", "lenovo", "linux", "live",
        "local", "localdomain", "localhost", "mint", "msi", "none", "nt authority", "null",
        "office", "owner", "pc", "public", "root", "samsung", "school", "server", "student",
        "system", "teacher", "test", "toshiba", "ubuntu", "unknown", "user", "users", "wifi",
        "windows", "wired", "work", "workgroup",
    }
)  # fmt: skip
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}  # PowerShell's files

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def redacted(data: bytes, words: Iterable[str] = ()) -> bytes:
    """The bytes of a text without personal words; bytes that are no text stay as they are."""
    text, encoding = _decoded(data)
    mark = data[:2] if encoding != "utf-8" else b""
    errors = "replace" if mark else "surrogateescape"
    return mark + redacted_text(text, words).encode(encoding, errors)


def names_in(data: bytes) -> Iterator[str]:
    """The names of people and hosts that an output itself gives as such, such as `CSName = LOP6A`.

    An output that was taken elsewhere repeats them where no form tells what they are.
    """
    text, _ = _decoded(data)
    for said in map("".join, _NAMED.findall(text)):  # one of the two ways, the other is empty
        yield from filter(is_personal, re.split(r"\\+|@", said.strip().strip("\"'").strip()))


def is_personal(word: str) -> bool:
    """Whether the name tells anyone apart; `root` and `laptop` do not."""
    long_enough = len(word) >= _SHORTEST and any(map(str.isalpha, word))
    return long_enough and word.casefold() not in _NOBODYS


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and the encoding that gives the same bytes again."""
    mark = data[:2] if data[:2] in _WIDE else b""
    encoding = _WIDE.get(mark, "utf-8")
    return data[len(mark) :].decode(encoding, "replace" if mark else "surrogateescape"), encoding


def redacted_text(text: str, words: Iterable[str] = ()) -> str:
    """The text without personal words."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    names = _pattern_of(words)
    while names and names.search(text):  # a short name may stand alone once a longer one is gone
        text = names.sub(GONE, text)
    return text


def _pattern_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Every form of every name with a letter or digit, longest first, in any case."""
    said = (word.strip() for word in words)
    forms = {form for word in said if any(map(str.isalnum, word)) for form in _forms(word)}
    if not forms:
        return None
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(_anywhere, longest_first)), re.IGNORECASE)


def _anywhere(form: str) -> str:
    """Short names are common syllables: only where no letter or digit stands beside them."""
    letters = "".join(map(_either_way, form))
    return letters if len(form) >= _SUBSTRING_FROM else rf"(?<![^\W_]){letters}(?![^\W_])"


def _either_way(letter: str) -> str:
    """The letter with its accents joined or apart, as file systems and keyboards differ."""
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{letter}|{apart})"


def _forms(word: str) -> Iterator[str]:
    r"""As it is, and as paths, LVM (lop--6a-vg), JSON (\u00f2) and udev (\x20) write it."""
    form = unicodedata.normalize("NFC", word)
    yield form
    yield form.replace(" ", "_")
    yield form.replace("-", "--")
    yield json.dumps(form)[1:-1]
    yield "".join(map(_by_udev, form))


def _by_udev(letter: str) -> str:
    if letter.isascii() and letter != " ":
        return letter
    return "".join(f"\\x{byte:02x}" for byte in letter.encode("utf-8", "surrogatepass"))


def _gone_after(match: re.Match[str]) -> str:
    """What named the word stays, the word goes."""
    return f"{match[1]}{GONE}"


def _gone_value(match: re.Match[str]) -> str:
    """The same with the quotes that JSON needs."""
    quote = '"' if match[0].endswith('"') else ""
    return f"{match[1]}{quote}{GONE}{quote}"


def _without_address(match: re.Match[str]) -> str:
    """A real address of a network; loopback and 0.0.0.0 say nothing, and versions look alike."""
    if _VERSION.search(match.string, max(0, match.start() - 40), match.start()):
        return match[0]
    try:
        address = IPv4Address(match[0])
    except AddressValueError:
        return match[0]
    return match[0] if address.is_loopback or address.is_unspecified else GONE


def _without_wide_address(match: re.Match[str]) -> str:
    """An IPv6 address; eight pairs of digits are the wide name of a disk, which stays."""
    said = match[0]
    if "::" not in said and all(len(group) == 2 for group in said.split(":")):
        return said
    try:
        address = IPv6Address(said)
    except AddressValueError:
        return said
    return said if address.is_loopback or address.is_unspecified else GONE


def _without_own_folders(match: re.Match[str]) -> str:
    """A list of mount points that keeps those every system has."""
    return _QUOTED.sub(lambda q: q[0] if q[1] in _SYSTEM_FOLDERS else f'"{GONE}"', match[0])


def _without_rows(match: re.Match[str]) -> str:
    """A table of networks that keeps its head alone."""
    return f"{match[1]}{GONE}\n"


_VERSION = re.compile(r"(?i)(?:version|firmware|revision|release|driver|\brev|\bv)\W{0,9}$")
_QUOTED = re.compile(r'(?<=[\[,:\s])"(/[^"\n]*)"')
_SYSTEM_FOLDERS = frozenset({"/", "/boot", "/boot/efi", "/efi", "/home", "/var", "/usr"})
_TO_QUOTE = r"""[^"'\n\r\t,;|<>]*"""  # a folder of a person may hold spaces
_VALUE = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"',][^\n\r,]*)"""
_NAMES = (  # Windows' words for who and which machine
    r"UserName|FullName|PrimaryOwnerName|RegisteredUser|Registered Owner|DNSHostName|CSName|"
    r"(?:PS)?ComputerName|SystemName|Host ?Name|__SERVER"
)
_PLACES = r"PrimaryOwnerContact|DNSDomain|Workgroup|Domain|UserDomain"
_NAMED = re.compile(
    rf'\b(?:{_NAMES})(?:"?[ \t]{{0,40}}[:=][ \t]*(?!null\b)({_VALUE})|>([^<>\n]+)<)', re.IGNORECASE
)

_RULES: tuple[Rule, ...] = (
    # E-mail addresses.
    (
        re.compile(r"(?<![\w.+-])[\w.+-]{1,256}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"),
        lambda _: GONE,
    ),
    # lsblk: labels, and mount points of their own choosing.
    (re.compile(r'("(?:part)?label"\s*:\s*")[^"\n]*'), _gone_after),
    (
        re.compile(r'"mountpoints?"\s*:\s*(?:\[(?:[^\[\]]|\[SWAP\])*\]|"[^"\n]*")'),
        _without_own_folders,
    ),
    # Homes, and media mounted under a person's name.
    (
        re.compile(
            r"((?:/home/|/run/media/|/media/|/mnt/|/Users/|\b[A-Za-z]:\\{1,2}Users\\{1,2}))"
            rf"(?!\[\*){_TO_QUOTE}"
        ),
        _gone_after,
    ),
    # nmcli prints tables; iw, netsh, nmcli and wpa_supplicant name one network or profile a line.
    (
        re.compile(
            r"(^[^\n]{0,300}\b(?:SSID|NAME {1,99}UUID)[ \t]{1,99}[A-Z][^\n]{0,300}\n)"
            r"(?:[^\n]+\n?)+",
            re.MULTILINE,
        ),
        _without_rows,
    ),
    (
        re.compile(
            r"(\b(?:[EB]?SSID(?: ?\d{1,4})?|SSID-HEX|(?:All User )?Profile|connection\.id|"
            r"GENERAL\.CONNECTION)[ \t]*[:=][ \t]*)[^\s][^\n\r]*",
            re.IGNORECASE,
        ),
        _gone_after,
    ),
    # The kernel's and systemd's words for the host, and the journal's column of it.
    (re.compile(r"(\bhostname (?:set )?to )\S+", re.IGNORECASE), _gone_after),
    (re.compile(r"^(\w{3} [ \d]\d [\d:]{8} )\S+(?= kernel: )", re.MULTILINE), _gone_after),
    # Settings by name: of the kernel's audit, and of Windows.
    (
        re.compile(
            r"(\b(?:acct|user|owner|hostname|host|rhost|addr|laddr|cwd|nfsroot|ip)=)"
            r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s"']+)""",
            re.IGNORECASE,
        ),
        _gone_after,
    ),
    (
        re.compile(
            rf'(\b(?:{_NAMES}|{_PLACES})"?[ \t]{{0,40}}[:=][ \t]*)(?!null\b){_VALUE}',
            re.IGNORECASE,
        ),
        _gone_value,
    ),
    # powercfg's report, an element each; Android's properties but those that were built in.
    (re.compile(rf"(<(?:{_NAMES}|{_PLACES})>)[^<>\n]*", re.IGNORECASE), _gone_after),
    (re.compile(r"(^\[(?!ro\.)[^\]\n]*\]: \[)[^\n]*(?=\]$)", re.MULTILINE), _gone_after),
    # Phones and headphones bear their owner's name: Bluetooth in the log, others in upower.
    (re.compile(r"(\binput: )[^\n]{1,200}(?= as /devices/virtual/)"), _gone_after),
    (
        re.compile(
            r"(^ *(?:model|vendor|serial): +)[^\n]+(?=(?:\n +[^\n]*){0,3}\n +power supply: +no\b)",
            re.MULTILINE,
        ),
        _gone_after,
    ),
    # Hardware addresses, also two and a type in a row as firewalls log them; not eight pairs.
    (
        re.compile(
            r"(?<![0-9A-Fa-f])(?<![0-9A-Fa-f]{2}[:_-])(?:[0-9A-Fa-f]{2}([:_-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}"
            r"|(?:[0-9A-Fa-f]{2}:){13}[0-9A-Fa-f]{2})(?![0-9A-Fa-f]|[:_-][0-9A-Fa-f])"
        ),
        lambda _: GONE,
    ),
    (
        re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:.])"),
        _without_wide_address,
    ),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"), _without_address),
)

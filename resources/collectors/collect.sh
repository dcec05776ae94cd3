#!/bin/sh
# Writes what this Linux computer says of itself into a folder beside this file, to be read elsewhere:
#
#     sh collect.sh [FOLDER]          then, at the station: python -m diagnostics from-folder FOLDER
#
# Needs a POSIX shell and nothing else; every tool that is missing is noted and left out. It reads only: nothing
# is installed, mounted or written but the folder. It never asks for accounts, user or host names, Wi-Fi names
# or labels of partitions. A file is named by its kind; MANIFEST.txt lists them as they are finished, so a
# computer that dies half-way leaves what it had said.

set -u
SPOKEN=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
LC_ALL=C
PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin:/usr/local/sbin"
export LC_ALL PATH

VERSION=1
ROOT=${COLLECT_ROOT:-} # the tests have an invented machine read
QUICK=10 # seconds; a healthy tool needs one
SLOW=60  # a dying disk retries for half a minute

# Words on the screen: with accents where the terminal has them. A bare console's font has not.
case "$SPOKEN" in
*[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ACCENTS=yes ;;
*) ACCENTS=no ;;
esac
[ "${TERM:-}" = linux ] && ACCENTS=no
say() {
    if [ "$ACCENTS" = yes ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi
}

has() { command -v "$1" >/dev/null 2>&1; }
now() { if has date; then date -u +%Y-%m-%dT%H:%M:%SZ; else echo -; fi; }

# Where to write.
HERE=${0%/*}
[ "$HERE" = "$0" ] && HERE=.
STAMP=$(if has date; then date -u +%Y%m%d-%H%M%S; else echo $$; fi)
FOLDER=${1:-$HERE/report-$STAMP}
if ! mkdir -p "$FOLDER" 2>/dev/null || ! : >"$FOLDER/MANIFEST.txt" 2>/dev/null; then
    say "Không ghi được vào $FOLDER. Hãy cắm USB khác hoặc ghi tên thư mục sau lệnh." \
        "Khong ghi duoc vao $FOLDER. Hay cam USB khac hoac ghi ten thu muc sau lenh."
    exit 1
fi
MANIFEST=$FOLDER/MANIFEST.txt
DRAFT=$FOLDER/.draft
COMPLAINTS=$FOLDER/.complaints
note() { printf '%s\n' "$*" >>"$MANIFEST"; }

# How this system limits time: coreutils and new busybox, old busybox, or not at all.
if has timeout && timeout 5 cat /dev/null 2>/dev/null; then
    limited() { timeout "$@"; }
elif has timeout && timeout -t 5 cat /dev/null 2>/dev/null; then
    limited() { timeout -t "$@"; }
else
    limited() {
        shift
        "$@"
    }
fi

missed() { # KIND READING: what it is, and how reading it ended
    note "missed $1 $2"
    case $2 in
    missing) say "  thiếu: $1 (máy này không có)" "  thieu: $1 (may nay khong co)" ;;
    not_permitted) say "  thiếu: $1 (cần quyền root)" "  thieu: $1 (can quyen root)" ;;
    timed_out) say "  thiếu: $1 (quá lâu không trả lời)" "  thieu: $1 (qua lau khong tra loi)" ;;
    *) say "  thiếu: $1 (không đọc được)" "  thieu: $1 (khong doc duoc)" ;;
    esac
}

sum_of() {
    if has sha256sum; then
        sum=$(sha256sum <"$1") && printf '%s' "${sum%% *}"
    else
        printf -- -
    fi
}

finish() { # FILE: the draft becomes a file of the report
    mv "$DRAFT" "$FOLDER/$1" && note "file $1 $(sum_of "$FOLDER/$1")"
}

# keep FILE KIND SECONDS TOLERANT COMMAND...: one tool's output. A tolerant tool's exit status says something of
# the disk and not of the tool.
keep() {
    file=$1 kind=$2 seconds=$3 tolerant=$4
    shift 4
    if ! has "$1"; then
        missed "$kind" missing
        return 1
    fi
    limited "$seconds" "$@" >"$DRAFT" 2>"$COMPLAINTS" </dev/null
    status=$?
    if [ $status -eq 124 ] || [ $status -eq 143 ]; then
        missed "$kind" timed_out
    elif [ -s "$DRAFT" ] && { [ $status -eq 0 ] || [ "$tolerant" = tolerant ]; }; then
        finish "$file"
        return 0
    else
        missed "$kind" "$(why)"
    fi
    return 1
}

why() {
    while read -r line; do
        case $line in
        *ermission\ denied* | *not\ permitted* | *must\ be\ root* | *[Rr]oot\ privileges*)
            echo not_permitted
            return
            ;;
        *[Nn]o\ such\ file*)
            echo missing
            return
            ;;
        esac
    done <"$COMPLAINTS"
    echo unreadable
}

# One file of the kernel, as JSON's "name": "text".
json_line() {
    text=$(limited "$QUICK" cat "$1" 2>/dev/null | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g') || return
    [ -n "$text" ] && printf '%s"%s": "%s"' "$2" "${1##*/}" "$text"
}

dmi() {
    [ -d "$ROOT"/sys/class/dmi/id ] || {
        missed dmi-sysfs missing
        return
    }
    denied=no
    comma='{'
    for path in "$ROOT"/sys/class/dmi/id/*; do
        [ -f "$path" ] || continue
        [ -r "$path" ] || denied=yes
        line=$(json_line "$path" "$comma")
        [ -n "$line" ] || continue
        printf '%s' "$line"
        comma=', '
    done >"$DRAFT"
    if [ -s "$DRAFT" ]; then
        printf '}\n' >>"$DRAFT"
        finish dmi-sysfs.json
    else
        missed dmi-sysfs unreadable
    fi
    [ $denied = no ] || missed dmi-sysfs not_permitted
}

batteries() {
    found=no
    for folder in "$ROOT"/sys/class/power_supply/*; do
        [ -f "$folder/uevent" ] || continue
        found=yes
        name=${folder##*/}
        case $name in # a phone or a mouse on this computer may carry a person's name
        BAT* | CMB* | AC* | ADP* | [Bb]attery* | axp* | macsmc*) ;;
        *) continue ;;
        esac
        keep "power-supply-sysfs-$name.txt" power-supply-sysfs "$QUICK" strict cat "$folder/uevent"
    done
    [ $found = yes ] || missed power-supply-sysfs missing
}

upower_batteries() {
    if ! has upower; then
        missed upower-text missing
        return
    fi
    for path in $(limited "$QUICK" upower -e 2>/dev/null); do
        case $path in
        */battery_BAT* | */battery_CMB*)
            keep "upower-text-${path##*/battery_}.txt" upower-text "$QUICK" strict upower -i "$path"
            ;;
        esac
    done
}

screens() {
    for path in "$ROOT"/sys/class/drm/card*-*/edid; do
        [ -f "$path" ] || continue
        folder=${path%/edid}
        limited "$QUICK" cat "$path" >"$DRAFT" 2>/dev/null
        [ -s "$DRAFT" ] && finish "edid-bin-${folder##*/}.bin" # an empty one: nothing is connected
    done
}

health() {
    if ! has smartctl; then
        missed smartctl-json missing
        return
    fi
    if limited "$QUICK" smartctl -h 2>/dev/null | grep -q -e --json; then json=yes; else json=no; fi
    for folder in "$ROOT"/sys/block/*; do
        disk=${folder##*/}
        case $disk in
        sd* | hd* | nvme*) ask_disk "$disk" ;;
        esac
    done
}

ask_disk() {
    say "  ổ đĩa $1 …" "  o dia $1 ..."
    if [ $json = no ]; then # before version 7
        keep "smartctl-text-$1.txt" smartctl-text "$SLOW" tolerant smartctl -x "/dev/$1"
        return
    fi
    keep "smartctl-json-$1.json" smartctl-json "$SLOW" tolerant smartctl -j -x "/dev/$1" || return
    if grep -q 'Unknown USB bridge' "$FOLDER/smartctl-json-$1.json"; then
        keep "smartctl-json-$1-sat.json" smartctl-json "$SLOW" tolerant smartctl -j -x -d sat "/dev/$1"
    fi
}

# Only adapters with a device behind them; their addresses tell a machine from its twin.
network() {
    comma='{'
    for folder in "$ROOT"/sys/class/net/*; do
        [ -e "$folder/device" ] || continue
        printf '%s"%s": ' "$comma" "${folder##*/}"
        comma='}, '
        line=$(json_line "$folder/address" '{')
        printf '%s' "${line:-{\"address\": \"\"}"
        json_line "$folder/phy80211/macaddress" ', ' # while it looks for networks, "address" is made up
        json_line "$folder/speed" ', '
        for link in driver subsystem; do
            target=$(cd "$folder/device/$link" 2>/dev/null && pwd -P) || continue
            case $link in subsystem) link=bus ;; esac
            printf ', "%s": "%s"' "$link" "${target##*/}"
        done
        if [ -e "$folder/wireless" ] || [ -e "$folder/phy80211" ]; then
            printf ', "wireless": "yes"'
        fi
    done >"$DRAFT"
    if [ -s "$DRAFT" ]; then
        printf '}}\n' >>"$DRAFT"
        finish net-sysfs.json
    else
        missed net-sysfs missing
    fi
}

# Of the kernel's log only lines that name hardware errors: others hold addresses and names.
kernel_log() {
    if ! has dmesg; then
        missed kernel-log missing
        return
    fi
    if ! limited "$QUICK" dmesg >"$FOLDER/.log" 2>"$COMPLAINTS"; then
        missed kernel-log "$(why)"
        return
    fi
    errors='Hardware Error|Machine Check|mce: |AER: |PCIe Bus Error|EDAC |I/O error|medium error|critical .* error'
    errors="$errors|ata[0-9.]+: (exception|error|failed|COMRESET|hard resetting)|nvme[0-9n]+: .*(timeout|down|failed)"
    errors="$errors|temperature above threshold|critical temperature|GPU HANG|ring .* timeout|mmc[0-9]: error"
    errors="$errors|usb .*(error|not accepting address)|over-current"
    {
        echo '[    0.000000] here stand the lines that name hardware errors'
        grep -E -e "$errors" "$FOLDER/.log"
    } >"$DRAFT"
    finish kernel-log.txt
}

COLUMNS_OF_DISKS=KNAME,TYPE,SIZE,ROTA,RM,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,LOG-SEC,FSTYPE

say 'Đang đọc thông tin máy, chỉ đọc, không thay đổi gì …' 'Dang doc thong tin may, chi doc, khong thay doi gi ...'
note "collector collect.sh $VERSION"
note "began $(now)"
if [ "$(id -u 2>/dev/null)" = 0 ]; then
    note account root
else
    note account plain
    say 'Không có quyền root: một số mục sẽ thiếu (chạy lại với sudo nếu được).' \
        'Khong co quyen root: mot so muc se thieu (chay lai voi sudo neu duoc).'
fi

# What dies first is asked last: the disks.
keep cpuinfo.txt cpuinfo "$QUICK" strict cat "$ROOT"/proc/cpuinfo
keep meminfo.txt meminfo "$QUICK" strict cat "$ROOT"/proc/meminfo
dmi
keep dmidecode-text.txt dmidecode-text "$QUICK" strict dmidecode
batteries
upower_batteries
screens
network
keep lspci-text.txt lspci-text "$QUICK" strict lspci -nnk
keep lsusb-text.txt lsusb-text "$QUICK" strict lsusb
kernel_log
keep lsblk-json.json lsblk-json "$QUICK" strict lsblk -J -b -o "$COLUMNS_OF_DISKS"
health

note "ended $(now)"
rm -f "$DRAFT" "$COMPLAINTS" "$FOLDER/.log"
has sync && sync
say "Xong. Kết quả ở: $FOLDER" "Xong. Ket qua o: $FOLDER"
say 'Hãy rút USB an toàn và mang về trạm.' 'Hay rut USB an toan va mang ve tram.'

#!/bin/bash
# Try the committed project on a bare Debian, as on a fresh machine: a folder with nothing but
# python3, python3-venv, make and git in it, removed afterwards. apt and pip inside use what they
# are set to use outside.
#
#   sudo scripts/clean_room.sh [make target ...]        (without targets: check test)
set -euo pipefail

bare=(python3 python3-venv make git)
project=$(cd "$(dirname "$0")/.." && pwd)
home=/root/station # where the clone lies inside

build_room() {
    local suite mirror
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" 'Component: main' | head -n 1)
    debootstrap --variant=minbase --include="$(IFS=,; echo "${bare[*]}")" \
        "$suite" "$room" "$mirror" > "$room.log" || { cat "$room.log"; return 1; }
    rm -r "$room/etc/apt"
    cp -a /etc/apt "$room/etc/apt"
    cp /etc/hosts /etc/resolv.conf "$room/etc/"
    git clone --quiet "$project" "$room$home"
}

# Mounts stay in the name space of this process: they end with it, whatever happens to it.
mount_devices() {
    mount -t proc proc "$room/proc"
    mount --rbind --make-rslave /sys "$room/sys"
    mount --rbind --make-rslave /dev "$room/dev"
    mount -t tmpfs tmpfs "$room/dev/shm"
}

# One "PIP_NAME=value" for each setting of pip outside; places on this machine's disk come along.
read_pip_settings() {
    local setting name value word
    while IFS= read -r setting; do
        name=${setting%%=*} name=${name##*.} name=${name^^}
        value=${setting#*=} value=${value#\'} value=${value%\'}
        pip_settings+=("PIP_${name//-/_}=$value")
        for word in $value; do
            case $word in
                file:///*) bring_along "$(dirname "${word#file://}")" ;; # an index lies beside its files
                /*) bring_along "$word" ;;
            esac
        done
    done < <(pip config list)
}

bring_along() {
    mountpoint -q "$room$1" && return # named by two settings
    if [ -d "$1" ]; then
        mkdir -p "$room$1"
    else
        mkdir -p "$room$(dirname "$1")"
        touch "$room$1"
    fi
    mount --bind -o ro "$1" "$room$1"
}

try_targets() {
    local -a pip_settings=()
    local target
    mount_devices
    read_pip_settings
    for target in "$@"; do
        time chroot "$room" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            LANG=C.UTF-8 "${pip_settings[@]}" make -C "$home" "$target"
    done
}

if [ "${1-}" = --inside ]; then # called again below, in a name space of its own
    room=$2
    shift 2
    try_targets "$@"
    exit
fi

[ $# -gt 0 ] || set -- check test
room=$(mktemp -d /var/tmp/clean-room.XXXXXX)
chmod 755 "$room" # everyone inside may enter "/"
trap 'rm -rf --one-file-system "$room" "$room.log"' EXIT
build_room
unshare --mount --pid --fork --kill-child "$0" --inside "$room" "$@"

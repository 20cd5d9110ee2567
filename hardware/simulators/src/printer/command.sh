#!/bin/sh
# What the printer does with a job ($1 = the document). Files beside this script stand for its trays and faults.
dir=$(dirname "$0")
env | grep '^IPP_' | sort >"$dir/job.env"
if [ -e "$dir/no-paper" ]; then
    echo "STATE: +media-empty-error" >&2
    n=0
    while [ -e "$dir/no-paper" ] && [ $n -lt 1200 ]; do
        sleep 0.1
        n=$((n + 1))
    done
    echo "STATE: -media-empty-error" >&2
fi
# Takes the job and says nothing more about it.
while [ -e "$dir/asleep" ]; do sleep 0.1; done
if [ -e "$dir/broken" ]; then
    echo "ERROR: The fuser is broken" >&2
    exit 1
fi
exit 0

# SPDX-License-Identifier: GPL-3.0-or-later
# What fish can complete of ligdipay's command line.

# __ligdipay_say TEXT [DOMAIN]: in the language of whoever types, if gettext is there to say it
function __ligdipay_say
    set -l place @localedir@
    set -q LIGDIPAY_LOCALEDIR; and set place $LIGDIPAY_LOCALEDIR
    if not command -q gettext
        echo $argv[1]
    else if set -q argv[2]
        gettext -d $argv[2] -- $argv[1]
    else
        TEXTDOMAINDIR=$place gettext -d ligdipay -- $argv[1]
    end
end

# __ligdipay_is [WORD...]: whether the command typed so far is this, or none
function __ligdipay_is
    # Only the first word is a command.
    set -l words (commandline -opc)[2..]
    switch "$words[1]"
        case charge link check list export
            test "$words[1]" = "$argv"
        case journal
            test "$words[1..2]" = "$argv"
        case '*'
            test -z "$argv"
    end
end

complete -c ligdipay -f

complete -c ligdipay -n 'test (count (commandline -opc)) -eq 1' -a charge -d (__ligdipay_say 'Puts a sale before the cashier and waits for the result')
complete -c ligdipay -n 'test (count (commandline -opc)) -eq 1' -a link -d (__ligdipay_say 'Makes a payment link, for a customer who is elsewhere')
complete -c ligdipay -n 'test (count (commandline -opc)) -eq 1' -a check -d (__ligdipay_say 'Asks LigdiCash about a payment, or about all that have no result')
complete -c ligdipay -n 'test (count (commandline -opc)) -eq 1' -a list -d (__ligdipay_say 'Lists a day’s payments')
complete -c ligdipay -n 'test (count (commandline -opc)) -eq 1' -a export -d (__ligdipay_say 'Writes out payments for a spreadsheet, or a JSON object a line')
complete -c ligdipay -n 'test (count (commandline -opc)) -eq 1' -a journal
complete -c ligdipay -n '__ligdipay_is journal' -a verify -d (__ligdipay_say 'Looks whether the ledger is what was written')
complete -c ligdipay -n '__ligdipay_is journal' -a backup -d (__ligdipay_say 'Copies the ledger, while selling')
complete -c ligdipay -n '__ligdipay_is journal' -a restore -d (__ligdipay_say 'Puts a copy in the ledger’s place, if nothing is lost by it')

complete -c ligdipay -n __ligdipay_is -l demo -d (__ligdipay_say 'Play with play money, whatever is set up')
complete -c ligdipay -n __ligdipay_is -l kiosk -d (__ligdipay_say 'Let customers use it by themselves; Ctrl+Shift+Q and a code lead out')
complete -c ligdipay -n __ligdipay_is -l background -d (__ligdipay_say 'Watch what has no result yet, without a window, if the shop wants it')
complete -c ligdipay -n __ligdipay_is -l sale -d (__ligdipay_say 'Show the sale, also in a till that runs already')
complete -c ligdipay -n __ligdipay_is -l history -d (__ligdipay_say 'Show the history, also in a till that runs already')
complete -c ligdipay -n __ligdipay_is -l version -d (__ligdipay_say 'Show the version')
complete -c ligdipay -n __ligdipay_is -l display -x -d (__ligdipay_say 'X display to use' gtk30)
complete -c ligdipay -n __ligdipay_is -s h -l help -d (__ligdipay_say 'Show help options' glib20)
complete -c ligdipay -n __ligdipay_is -l help-all -d (__ligdipay_say 'Show all help options' glib20)
complete -c ligdipay -n __ligdipay_is -l help-gapplication -d (__ligdipay_say 'Show GApplication options' glib20)
complete -c ligdipay -n __ligdipay_is -l help-gtk -d (__ligdipay_say 'Show GTK+ Options' gtk30)

complete -c ligdipay -n '__ligdipay_is charge' -l reference -x -d (__ligdipay_say 'What you call the sale; the same one is never charged twice')
complete -c ligdipay -n '__ligdipay_is charge' -l item -x -d (__ligdipay_say 'What is sold, as Rice=750 or Rice=2x750; can be repeated')
complete -c ligdipay -n '__ligdipay_is charge' -l from -x -d (__ligdipay_say 'Who asks, for the cashier to read')
complete -c ligdipay -n '__ligdipay_is charge' -l timeout -x -d (__ligdipay_say 'How long to wait, in seconds; what the cashier has not begun by then is withdrawn')
complete -c ligdipay -n '__ligdipay_is link' -l description -x -d (__ligdipay_say 'What is paid for, as the customer reads it')
complete -c ligdipay -n '__ligdipay_is check' -l all -d (__ligdipay_say 'Ask about all that have no result; so it is without a reference')
complete -c ligdipay -n '__ligdipay_is list' -l day -x -d (__ligdipay_say 'Which day; today if not given')
complete -c ligdipay -n '__ligdipay_is export' -l from -x -d (__ligdipay_say 'The first day; the oldest if not given')
complete -c ligdipay -n '__ligdipay_is export' -l until -x -d (__ligdipay_say 'The last day; the newest if not given')
complete -c ligdipay -n '__ligdipay_is journal verify; or __ligdipay_is journal backup; or __ligdipay_is journal restore' -F
for command in charge link check list export 'journal verify'
    complete -c ligdipay -n "__ligdipay_is $command" -l json -d (__ligdipay_say 'Answer with a JSON object a line')
end
for command in charge link check list export 'journal verify' 'journal backup' 'journal restore'
    complete -c ligdipay -n "__ligdipay_is $command" -s h -l help -d (__ligdipay_say 'Show this text')
end

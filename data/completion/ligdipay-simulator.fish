# SPDX-License-Identifier: GPL-3.0-or-later
# What fish can complete of ligdipay-simulator's command line.

function __ligdipay_simulator_scenarios
    # The table ends with an empty line.
    $argv[1] --list-scenarios 2>/dev/null | awk 'NF == 0 { exit } NR > 1 { name = $1; $1 = $2 = ""; sub (/^ +/, ""); print name "\t" $0 }'
end

complete -c ligdipay-simulator -f
complete -c ligdipay-simulator -s p -l port -x -d 'Listen on this port; 0 (the default) for the one in the state file, or any'
complete -c ligdipay-simulator -l address -x -d 'Listen on this loopback address (127.0.0.1)'
complete -c ligdipay-simulator -l state -r -F -d 'Keep the latest 2000 invoices and the port in this file'
complete -c ligdipay-simulator -l credentials -x -a '(__fish_complete_directories (commandline -ct | string replace -- --credentials= ""))' -d 'Expect the keys in the files ligdipay-api-key and ligdipay-api-token of this directory ($CREDENTIALS_DIRECTORY, where they exist)'
complete -c ligdipay-simulator -l public-keys -d 'Expect the public demonstration keys, whatever the environment says'
complete -c ligdipay-simulator -l page-certificate -r -F -a self-signed -d 'Serve payment pages by https on a port of their own, with the certificate and key in this PEM file, or one that nobody signed'
complete -c ligdipay-simulator -l page-port -x -d 'On this port; 0 (the default) for any'
complete -c ligdipay-simulator -l page-host -x -d 'What their links call this computer (the address)'
complete -c ligdipay-simulator -s s -l scenario -x -a '(__ligdipay_simulator_scenarios (commandline -opc)[1])' -d 'What happens to payments; can be given several times'
complete -c ligdipay-simulator -s l -l list-scenarios -d 'List the scenarios and the amounts that play them'
complete -c ligdipay-simulator -s a -l automatic -d 'Play the scenario as soon as the payment page is opened'
complete -c ligdipay-simulator -l profile -x -a 'current legacy-2024' -d 'Answer confirm as documented today, or as the libraries of 2024 need it'
complete -c ligdipay-simulator -l redirect-by -x -a '302 script form meta' -d 'How the page goes back to the shop'
complete -c ligdipay-simulator -l no-token -d 'Append nothing to the return and cancel addresses'
complete -c ligdipay-simulator -l strict-parameter -d 'Confirm knows "invoiceToken" only, not "token"'
complete -c ligdipay-simulator -l callback -x -a 'none one both duplicate late before-redirect' -d 'Which callbacks are sent, to this computer only'
complete -c ligdipay-simulator -l callback-style -x -a 'json keys entries empty' -d 'How the form carries custom_data'
complete -c ligdipay-simulator -l callback-token -d 'Callbacks carry another token that works, instead of none'
complete -c ligdipay-simulator -l pending-seconds -x -d 'How long "pending" stays pending (120)'
complete -c ligdipay-simulator -l cut-seconds -x -d 'How long "network-cut" cuts (120)'
complete -c ligdipay-simulator -l slow-seconds -x -d 'How slow the slow faults are (8)'
complete -c ligdipay-simulator -l late-seconds -x -d 'How late late callbacks are (10)'
complete -c ligdipay-simulator -l operator-seconds -x -d 'How long operators take before the page goes back to the shop (0)'
complete -c ligdipay-simulator -l exit-with-parent -d 'End when the program that started this one ends'
complete -c ligdipay-simulator -s q -l quiet -d 'Do not write what happens to standard error'
complete -c ligdipay-simulator -l version -d 'Print the version'
complete -c ligdipay-simulator -s h -l help -d 'Show help options'

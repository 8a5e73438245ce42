using Cofferdam.Bench;

try
{
    return args switch
    {
        ["--list"] => List(),
        // How a benchmark starts the node it measures, and that node its vault: in processes of their own.
        ["host", .. var rest] => await Host.RunAsync(rest),
        ["vault", .. var rest] => await ServedVault.RunAsync(rest),
        [VendorHost.Verb, .. var rest] => await VendorHost.RunAsync(rest),
        ["federation", .. var rest] => await FederationBench.RunAsync(Options.Parse(rest)),
        ["import", .. var rest] => await ImportBench.RunAsync(Options.Parse(rest)),
        ["ledger", .. var rest] => await LedgerBench.RunAsync(Options.Parse(rest)),
        ["lists", .. var rest] => await ListsBench.RunAsync(Options.Parse(rest)),
        ["next-task", .. var rest] => await NextTask.RunAsync(Options.Parse(rest)),
        ["seal", .. var rest] => await SealBench.RunAsync(Options.Parse(rest)),
        ["trust", .. var rest] => await TrustBench.RunAsync(Options.Parse(rest)),
        ["suspend", .. var rest] => await SuspendBench.RunAsync(Options.Parse(rest)),
        ["workroom", .. var rest] => await Workroom.RunAsync(Options.Parse(rest)),
        ["deliver", .. var rest] => await Deliver.RunAsync(rest),
        _ => Usage(),
    };
}
catch (Exception broken)
{
    // Caught, so that nodes and their folders are gone before this ends.
    await Console.Error.WriteLineAsync($"bench: {broken}");
    return 1;
}

static int List()
{
    Console.WriteLine("deliver    a package of answered rows, from the request to its last byte");
    Console.WriteLine("federation pages and work events of a large vendor, signed tasks against unsigned ones, and how soon suspensions and withdrawals are felt");
    Console.WriteLine("import     rows of 1 KiB sealed and stored over HTTP, against a plain insert of the same rows");
    Console.WriteLine("ledger     durable receipts, time to their checkpoint, proofs and full check of a long log, against bare appends and hashes");
    Console.WriteLine("lists      project list, counts and filters of a large project");
    Console.WriteLine("next-task  lease, receipt and open of the next task, against a lease without any trust");
    Console.WriteLine("seal       records of 1 KiB and 1 MiB sealed and opened, against the bare primitives");
    Console.WriteLine("trust      next-task with receipts only, with the published log, and with the vault as a process of its own");
    Console.WriteLine("suspend    suspensions under load: when the call returns, and what is handed out after it");
    Console.WriteLine("workroom   in Chromium: the next long item from the key that submits to its paint, and from key to paint in it");
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: bench --list
               bench deliver [--json] [--rows N] [--shape NAME]
               bench federation [--json] [--experts N] [--engagements N] [--events N] [--slots N] [--connections N] [--rounds N] [--pages N] [--people N]
               bench import [--json] [--store sqlite|postgres] [--rows N]
               bench ledger [--json] [--size N] [--connections N] [--seconds N] [--rounds N]
               bench lists [--json] [--store sqlite|postgres] [--items N]
               bench next-task [--json] [--store sqlite|postgres] [--slots N] [--connections N] [--seconds N] [--rounds N]
               bench seal [--json] [--rounds N]
               bench trust [--json] [--slots N] [--rounds N]
               bench suspend [--json] [--store sqlite|postgres]
               bench workroom [--json]
        """);
    return 2;
}

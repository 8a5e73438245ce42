using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Bench;

/// <param name="Asked">The least or the most that will do.</param>
internal sealed record Answered(double Figure, double Asked, bool Ok)
{
    public static Answered AtMost(double figure, double asked) => new(figure, asked, figure < asked);

    public static Answered AtLeast(double figure, double asked) => new(figure, asked, figure >= asked);
}

/// <summary>A large vendor's pages and events; a lab's tasks for a vendor's people, and how soon they know that it is over.</summary>
internal static class FederationBench
{
    private const string Password = "bench: long enough, and used nowhere else";

    public static async Task<int> RunAsync(Options options)
    {
        if (options.Store != "sqlite")
            throw new ArgumentException("The large vendor is written straight into SQLite; other stores are not filled.", nameof(options));
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        var (pages, intake) = await VendorAsync(options, Progress);
        var work = await LabAsync(options, Progress);
        int[] page = [.. pages.Values.SelectMany(times => times).Order()];
        var result = new
        {
            name = "federation",
            page_ms_worst = Answered.AtMost(Figures.Percentile(page, 1), 300),
            page_ms_p99 = Answered.AtMost(Figures.Percentile(page, 0.99), 300),
            events_per_second = Answered.AtLeast(Math.Round(intake.Events / intake.Seconds), 1_000),
            signed_ratio = Answered.AtLeast(work.Ratio, 0.5),
            suspension_told_ms_worst = Answered.AtMost(work.Suspended.Max(), 2_000),
            withdrawal_ended_ms_worst = Answered.AtMost(work.Withdrawn.Max(), 5_000),
            events_exact = intake.Exact,
            events = intake.Events,
            batches = intake.Batches,
            batches_repeated = intake.Repeated,
            events_kept = intake.Kept,
            unsigned = work.Unsigned,
            signed = work.Signed,
            signed_ratio_rounds = work.Ratios,
            requests_per_signed_task = work.RequestsPerTask,
            replayed = work.Replayed,
            replayed_refused = work.Refused,
            double_leases = work.DoubleLeases,
            pages_told = work.Suspended.Length,
            suspension_told_ms_median = Figures.Median(work.Suspended),
            sessions_ended = work.AllEnded ? work.Withdrawn.Length : 0,
            withdrawal_ended_ms_median = Figures.Median(work.Withdrawn),
            page_ms = pages.ToDictionary(one => one.Key, one => new { median = Figures.Percentile(one.Value, 0.5), worst = Figures.Percentile(one.Value, 1) }, StringComparer.Ordinal),
            experts = options.Experts,
            engagements = options.Engagements,
            slots = work.Slots,
            connections = options.Connections,
            rounds = options.Rounds,
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? NextTask.OneLine : NextTask.ForReading));
        return intake.Exact && work.DoubleLeases == 0 && work.Refused == work.Replayed && work.AllEnded ? 0 : 1;
    }

    private static async Task<(IReadOnlyDictionary<string, int[]> Pages, Intake Intake)> VendorAsync(Options options, Action<string> progress)
    {
        await using var vendor = await Node.StartAsync(options.Store, verb: VendorHost.Verb);
        using var owner = new NodeClient(vendor.Address);
        (await owner.EnrolAsync(vendor.OwnerToken, "owner", Password, DateTimeOffset.UtcNow)).OrThrow();
        var lab = new BenchPeer();
        await lab.PairAsync(vendor);
        progress($"{options.Experts:N0} experts, {options.Engagements:N0} engagements");
        await vendor.AskAsync($"{VendorHost.Fill}{options.Experts} {options.Engagements} {lab.Pairing} {lab.Node}");
        using var http = NodeHttp.Connect(vendor.Address);
        var pages = await VendorPages.MeasureAsync(http, owner.Cookies, lab.Node, options.Engagements, progress);
        var intake = await Intake.MeasureAsync(vendor, lab, http, options.Events, options.Engagements);
        progress($"{intake.Events:N0} events in {intake.Seconds:F1} s, {(intake.Exact ? "each once" : $"not each once: {intake.Kept}")}");
        return (pages, intake);
    }

    private static async Task<SignedWork> LabAsync(Options options, Action<string> progress)
    {
        var slots = Math.Min(options.Slots, 20_000);
        await using var node = await Node.StartAsync(options.Store);
        var seed = await Seed.MakeAsync(node.Address, node.OwnerToken, options.Connections, slots, progress);
        using var http = NodeHttp.Connect(node.Address);
        var vendor = new BenchPeer();
        await vendor.PairAsync(node);
        var people = Math.Max(options.Connections, Math.Max(options.Pages, options.People));
        var engagement = await AgreeAsync(http, seed.Owner, vendor.Pairing, people);
        progress($"enrolling {people} people of a vendor");
        var guests = await EnrolAsync(node, vendor, engagement, people);
        foreach (var guest in guests.Take(options.Connections))
            await http.AskAsync(new HttpRequestMessage(HttpMethod.Put, $"{seed.Route}/guidelines/1/acknowledgement").As(guest.Cookie));

        using var unsigned = node.Connect(seed);
        using var signed = node.Connect(guests.Take(options.Connections).Select(guest => guest.Cookie));
        var work = new SignedPeople(signed, seed.Route, [.. guests.Take(options.Connections).Select(guest => guest.Key)]);
        // Of those that are open, a part is held ahead for who signs.
        var leases = (slots - options.Connections) / 2;
        var (unsignedBursts, signedBursts) = (new List<Burst>(), new List<Burst>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (a, b) = round % 2 == 0 ? (Unsigned(), Signed()) : Swap(Signed(), Unsigned());
            progress($"{(round == 0 ? "warming up" : $"round {round}")}: unsigned {a.PerSecond:N0}/s, signed {b.PerSecond:N0}/s");
            if (round == 0)
                continue;
            unsignedBursts.Add(a);
            signedBursts.Add(b);
        }

        var telling = new LabTelling(http, seed.Project, [.. guests.Select(guest => guest.Cookie)]);
        var suspended = await telling.SuspendAsync(seed.Owner, options.Pages);
        progress($"{options.Pages} pages told of a suspension: worst {suspended.Max()} ms");
        var (withdrawn, allEnded) = await telling.WithdrawAsync(vendor, [.. guests.Take(options.People).Select(guest => vendor.Withdraw(engagement, guest.Subject))]);
        progress($"{options.People} people withdrawn: worst {withdrawn.Max()} ms");
        foreach (var guest in guests)
            guest.Key.Dispose();

        double[] ratios = [.. signedBursts.Zip(unsignedBursts, (a, b) => Math.Round(a.PerSecond / b.PerSecond, 3))];
        return new SignedWork(
            Math.Round(Figures.Median(ratios), 3), ratios, Figures.Of("POST …/tasks/next of the lab's own people, unsigned", unsignedBursts),
            Figures.Of("POST …/tasks/{slot}/open of a vendor's people, signed by what the reply before told", signedBursts),
            Math.Round((double)work.Requests / work.Tasks, 3), work.Replayed, work.Refused, unsigned.DoubleLeases + signed.DoubleLeases, suspended, withdrawn, allEnded, slots);

        Burst Unsigned()
        {
            var taken = new Taken(unsigned.Connections);
            var burst = unsigned.Run(seed.Route + "/tasks/next", TimeSpan.FromMinutes(1), leases, taken);
            unsigned.Release(seed.Route, taken);
            return burst;
        }

        Burst Signed()
        {
            var taken = new Taken(signed.Connections);
            work.Begin(taken);
            var burst = work.Run(leases - signed.Connections, taken);
            work.Replay();
            signed.Release(seed.Route, taken);
            return burst;
        }

        static (Burst, Burst) Swap(Burst b, Burst a) => (a, b);
    }

    private static async Task<Guid> AgreeAsync(HttpClient http, string owner, Guid pairing, int headcount)
    {
        using var made = JsonDocument.Parse(await http.AskAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/labs/lab/engagements") { Content = JsonContent.Create(new { name = "Benchmark" }) }.As(owner)));
        var engagement = made.RootElement.GetProperty("id").GetGuid();
        var terms = new HttpRequestMessage(HttpMethod.Put, $"/api/labs/lab/vendors/{engagement}/terms")
        {
            Content = JsonContent.Create(new
            {
                peer = pairing,
                programme = "Benchmark",
                tier = 1,
                currency = "EUR",
                rates = (object[])[new { kind = "task", unit = "each", minorUnits = 250 }],
                noticeDays = 14,
                pausePay = 50,
                clocks = new { incident = 24, withdrawal = 4 },
                headcount,
            }),
        };
        terms.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        await http.AskAsync(terms.As(owner));
        return engagement;
    }

    private static async Task<List<Guest>> EnrolAsync(Node node, BenchPeer vendor, Guid engagement, int people)
    {
        var guests = Enumerable.Range(0, people).Select(_ => (Subject: BenchPeer.NewSubject(), Key: new BrowserKey())).ToList();
        var file = Path.Combine(node.Folder, "guests");
        await File.WriteAllLinesAsync(
            file, guests.Select(guest => $"{vendor.Vouch(engagement, guest.Subject, guest.Key)} {System.Buffers.Text.Base64Url.EncodeToString(guest.Key.PublicKey)}"));
        await node.AskAsync($"{Guests.Enrol}{file}");
        var enrolled = await File.ReadAllLinesAsync(file);
        return [.. guests.Zip(enrolled, (guest, line) =>
        {
            guest.Key.Id = Guid.Parse(line.Split(' ')[1]);
            return new Guest(guest.Subject, guest.Key, line.Split(' ')[0]);
        })];
    }

    /// <summary>A vendor's person, enrolled and signed in at the lab.</summary>
    private sealed record Guest(string Subject, BrowserKey Key, string Cookie);

    private sealed record SignedWork(
        double Ratio, IReadOnlyList<double> Ratios, Figures Unsigned, Figures Signed, double RequestsPerTask, int Replayed, int Refused, int DoubleLeases,
        double[] Suspended, double[] Withdrawn, bool AllEnded, int Slots);
}

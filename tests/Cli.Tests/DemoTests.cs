using Cofferdam.TestKit;

namespace Cofferdam.Cli.Tests;

/// <summary>The whole job on a running node; above all promise 5, a dump is worth nothing.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_SixtyItems_EveryFigureIsAsItMustBe()
    {
        var log = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-test-").FullName, "log");

        var ran = await CommandLine.RunAsync("demo", "--items", SixtyItems(), "--ledger-out", log, "--json");

        ran.Exit.ShouldBe(0, ran.Error + ran.Output);
        var report = ran.Json;
        report.GetProperty("items").GetInt64().ShouldBe(60);
        report.GetProperty("plaintext_found_at_rest").GetInt64().ShouldBe(0);
        report.GetProperty("control_found").GetInt32().ShouldBeGreaterThan(0, "the same search finds what is not sealed");
        report.GetProperty("receipts_match_opens").GetBoolean().ShouldBeTrue();
        report.GetProperty("opened_after_suspend").GetInt64().ShouldBe(0);
        report.GetProperty("refused_after_suspend").GetInt64().ShouldBeGreaterThan(0);
        var ledger = report.GetProperty("ledger");
        ledger.GetProperty("size").GetInt64().ShouldBeGreaterThanOrEqualTo(report.GetProperty("receipts").GetInt64());
        ledger.GetProperty("witnessed").EnumerateArray().Select(witness => witness.GetString()).ShouldBe(["demo-witness"]);
        ledger.GetProperty("consistent").GetBoolean().ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(log, "checkpoint"))).ShouldBe(ledger.GetProperty("checkpoint").GetString());
        report.GetProperty("suspension").GetProperty("last_disclosure").GetInt64().ShouldBeGreaterThan(0);
        report.GetProperty("suspension").GetProperty("opened_after_suspend").GetInt64().ShouldBe(0);
        await ChangeEveryFileAsync(log);
    }

    /// <summary>One byte of one file at a time, at its beginning, in its middle or at its end.</summary>
    private static async Task ChangeEveryFileAsync(string log)
    {
        (await CommandLine.RunAsync("ledger", "verify", log)).Exit.ShouldBe(0);
        var files = Directory.GetFiles(Path.Combine(log, "tile"), "*", SearchOption.AllDirectories).Append(Path.Combine(log, "checkpoint")).ToList();
        files.Count.ShouldBeGreaterThan(4);
        foreach (var (file, i) in files.Select((file, i) => (file, i)))
        {
            var sound = await File.ReadAllBytesAsync(file);
            var changed = sound.ToArray();
            changed[(sound.Length - 1) * (i % 3) / 2] ^= 1;
            await File.WriteAllBytesAsync(file, changed);
            (await CommandLine.RunAsync("ledger", "verify", log)).Exit.ShouldBe(1, file);
            await File.WriteAllBytesAsync(file, sound);
        }

        (await CommandLine.RunAsync("ledger", "verify", log)).Exit.ShouldBe(0);
    }

    /// <summary>Real data as it is published, a slice of each; the demo takes them whole.</summary>
    [Theory]
    [InlineData("pairwise", "preference/alpaca_eval/alpaca-7b.jsonl", 1, 40, 40)]
    // With the vault as a process of its own.
    [InlineData("pairwise", "preference/hh_harmless_test.jsonl", 1, 40, 40, "--separate")]
    // Sorted by category: every hundredth row has most of them.
    [InlineData("choice", "classification/banking77_train.csv", 100, 61, 60)]
    [InlineData("spans", "ner/wikigold.conll", 1, 1_000, 38)]
    public async Task Demo_RealData_IsDeliveredAsItWasJudged(string shape, string path, int every, int lines, int items, params string[] more)
    {
        Assert.SkipUnless(more is [] || OperatingSystem.IsLinux(), "A vault of its own process runs on Linux.");
        var file = Vectors.RealData(path);
        var some = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-test-").FullName, Path.GetFileName(file));
        File.WriteAllLines(some, File.ReadLines(file).Where((_, i) => i % every == 0).Take(lines));

        var ran = await CommandLine.RunAsync(["demo", "--items", some, "--shape", shape, "--json", .. more]);

        ran.Exit.ShouldBe(0, ran.Error + ran.Output);
        ran.Json.GetProperty("items").GetInt64().ShouldBe(items);
    }

    [Fact]
    public async Task Demo_RealImages_AreSeenAndJudged()
    {
        var folder = Vectors.RealData("images/bccd/images");
        var some = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
        foreach (var image in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(30))
            File.Copy(image, Path.Combine(some, Path.GetFileName(image)));

        var ran = await CommandLine.RunAsync("demo", "--items", some, "--shape", "image", "--json");

        ran.Exit.ShouldBe(0, ran.Error + ran.Output);
        ran.Json.GetProperty("items").GetInt64().ShouldBe(30);
    }

    private static string SixtyItems()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-test-").FullName, "items.jsonl");
        File.WriteAllLines(file, Enumerable.Range(1, 60).Select(i =>
            $$"""{"id": "{{i}}", "prompt": "Question {{i}}?", "response_1": "First answer to {{i}}.", "response_2": "Second answer to {{i}}."}"""));
        return file;
    }
}

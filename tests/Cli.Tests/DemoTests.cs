using Cofferdam.TestKit;

namespace Cofferdam.Cli.Tests;

/// <summary>The whole job on a running node; above all promise 5, a dump is worth nothing.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_SixtyItems_EveryFigureIsAsItMustBe()
    {
        var ran = await CommandLine.RunAsync("demo", "--items", SixtyItems(), "--json");

        ran.Exit.ShouldBe(0, ran.Error + ran.Output);
        var report = ran.Json;
        report.GetProperty("items").GetInt64().ShouldBe(60);
        report.GetProperty("plaintext_found_at_rest").GetInt64().ShouldBe(0);
        report.GetProperty("control_found").GetInt32().ShouldBeGreaterThan(0, "the same search finds what is not sealed");
        report.GetProperty("receipts_match_opens").GetBoolean().ShouldBeTrue();
        report.GetProperty("opened_after_suspend").GetInt64().ShouldBe(0);
        report.GetProperty("refused_after_suspend").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Import_AlpacaEvalsFieldNames_AreRecognisedWithoutAMap()
    {
        var folder = Vectors.RealData("preference/alpaca_eval");
        // Whole, it takes a minute: ./cofferdam demo --items ../shared/data/preference/alpaca_eval does that.
        var some = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-test-").FullName, "alpaca.jsonl");
        File.WriteAllLines(some, File.ReadLines(Directory.GetFiles(folder, "*.jsonl").Single()).Take(40));

        var ran = await CommandLine.RunAsync("demo", "--items", some, "--shape", "pairwise", "--json");

        ran.Exit.ShouldBe(0, ran.Error + ran.Output);
        ran.Json.GetProperty("items").GetInt64().ShouldBe(40);
    }

    private static string SixtyItems()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-test-").FullName, "items.jsonl");
        File.WriteAllLines(file, Enumerable.Range(1, 60).Select(i =>
            $$"""{"id": "{{i}}", "prompt": "Question {{i}}?", "response_1": "First answer to {{i}}.", "response_2": "Second answer to {{i}}."}"""));
        return file;
    }
}

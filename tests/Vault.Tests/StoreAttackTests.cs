using System.Globalization;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Whoever can write to the store: what they change is found, or changes no answer.</summary>
public sealed class StoreAttackTests
{
    // All of them take ten minutes: COFFERDAM_FLIPS=all.
    private static int Stride => Environment.GetEnvironmentVariable("COFFERDAM_FLIPS") == "all" ? 1 : 31;

    [Fact]
    public async Task Store_EveryByteFlipped_IsFoundOrChangesNoAnswer()
    {
        using var store = await FlippedStore.CreateAsync();
        store.Restore();
        var places = store.Places();
        SortedDictionary<string, int> outcomes = new(StringComparer.Ordinal);
        var flipped = 0;
        // Every n-th byte of the whole, and at least one of each column.
        HashSet<string> columns = [];
        foreach (var (i, place) in places.Index())
        {
            if (i % Stride != 0 && !columns.Add($"{place.Table}.{place.Column}"))
                continue;
            store.Restore();
            var mask = i % 2 == 0 ? (byte)0x01 : (byte)0x80;
            if (!store.Flip(place, mask))
                continue;
            flipped++;
            var found = await store.JudgeAsync();
            var outcome = $"{place.Table}.{place.Column}: {found ?? "same answers"}";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{flipped} of {places.Count} bytes flipped"));
        foreach (var (outcome, count) in outcomes)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,6}  {outcome}"));
        outcomes.Keys.Where(outcome => outcome.Contains(FlippedStore.Wrong, StringComparison.Ordinal)).ShouldBeEmpty();
        flipped.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("two records of one project", 0, 1)]
    [InlineData("two records of one kind in two projects", 1, 3)]
    [InlineData("items of two projects", 0, 2)]
    public async Task Store_RecordRowsSwapped_AreRefused(string what, int one, int other)
    {
        using var store = await FlippedStore.CreateAsync();
        var (first, second) = (store.Records[one].Record.Id.Value, store.Records[other].Record.Id.Value);
        foreach (var columns in (string[][])[["sealed"], ["sealed", "content_id", "bytes"], ["sealed", "content_id", "bytes", "version", "key"], ["id"], ["id", "project"], ["project"], ["key"]])
        {
            store.Restore();
            store.Edit("CREATE TEMP TABLE was AS SELECT * FROM record; " + string.Join(' ', Swap(columns)), ("@one", first), ("@other", second));

            var found = await store.JudgeAsync();

            var isNoSwap = columns is ["project"] or ["key"] && store.Records[one].Project == store.Records[other].Project;
            (found is null).ShouldBe(isNoSwap, $"{what}: {string.Join(", ", columns)}");
            found?.ShouldNotStartWith(FlippedStore.Wrong);
        }

        // Swapping ids goes over a third one, since no two rows may have the same.
        static IEnumerable<string> Swap(string[] columns) =>
        [
            columns.Contains("id") ? "UPDATE record SET id = x'00' WHERE id = @one;" : "",
            "UPDATE record SET " + string.Join(", ", columns.Select(c => $"{c} = (SELECT {c} FROM was WHERE was.id = @one)")) + " WHERE id = @other;",
            "UPDATE record SET " + string.Join(", ", columns.Select(c => $"{c} = (SELECT {c} FROM was WHERE was.id = @other)")) + (columns.Contains("id") ? " WHERE id = x'00';" : " WHERE id = @one;"),
        ];
    }

    [Theory]
    [InlineData("a receipt deleted", "DELETE FROM receipt WHERE id = (SELECT min(id) + 3 FROM receipt WHERE id >= 2 << 40)")]
    [InlineData("the last receipts deleted", "DELETE FROM receipt WHERE id > (SELECT max(id) - 4 FROM receipt)")]
    [InlineData("two receipts swapped", "UPDATE receipt SET id = CASE id WHEN (2 << 40) + 3 THEN -1 ELSE (2 << 40) + 3 END WHERE id IN ((2 << 40) + 3, (2 << 40) + 4); UPDATE receipt SET id = (2 << 40) + 4 WHERE id = -1")]
    [InlineData("a receipt twice", "INSERT INTO receipt SELECT (SELECT max(id) + 1 FROM receipt), time, act, project, principal, first_reads, what, who, leaf FROM receipt WHERE id = (2 << 40) + 3")]
    [InlineData("another lab's receipt", "UPDATE receipt SET (what, who, leaf) = (SELECT what, who, leaf FROM receipt WHERE id = 1 << 40) WHERE id = 2 << 40")]
    [InlineData("another lab's key", "UPDATE lab SET (key, wrapped) = (SELECT key, wrapped FROM lab WHERE number = 1) WHERE number = 2")]
    [InlineData("another project's key", "UPDATE project_key SET wrapped = (SELECT wrapped FROM project_key p WHERE p.lab = 2 AND p.key <> project_key.key ORDER BY key DESC LIMIT 1) WHERE lab = 2")]
    [InlineData("another person's salt key", "UPDATE salt_key SET wrapped = (SELECT wrapped FROM salt_key s WHERE s.lab = 2 AND s.principal <> salt_key.principal LIMIT 1) WHERE lab = 2")]
    [InlineData("old versions put back", "UPDATE record SET (version, key, content_id, bytes, sealed_at, sealed) = (SELECT version, key, content_id, bytes, sealed_at, sealed FROM record_history h WHERE h.id = record.id AND h.version = 2) WHERE version = 3")]
    [InlineData("oldest versions put back and history deleted", "UPDATE record SET (version, key, content_id, bytes, sealed_at, sealed) = (SELECT version, key, content_id, bytes, sealed_at, sealed FROM record_history h WHERE h.id = record.id AND h.version = 1) WHERE version = 3; DELETE FROM record_history")]
    public async Task Store_Rearranged_IsFound(string what, string edit)
    {
        using var store = await FlippedStore.CreateAsync();
        store.Restore();
        store.Edit(edit).ShouldBeGreaterThan(0);

        (await store.JudgeAsync()).ShouldNotBeNull(what).ShouldNotStartWith(FlippedStore.Wrong);
    }
}

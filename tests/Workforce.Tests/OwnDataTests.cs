using System.Net;
using System.Text;
using Cofferdam.Server.Tests;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.OwnData;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce.Tests;

public sealed class OwnDataTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Reads_OfAProfile_NameEveryReaderAndNothingElse(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, person) = await vendor.ExpertAsync("ada");
        var (_, other) = await vendor.ExpertAsync("bob");

        var seen = (await manager.GetAsync($"/api/desk/experts/{person}/profile")).Must(HttpStatusCode.OK).Json;
        await manager.GetAsync($"/api/desk/experts/{other}/profile");
        await ada.GetAsync("/api/me/profile");
        (await ada.GetAsync($"/api/desk/experts/{other}/profile")).Must(HttpStatusCode.Forbidden);

        ((string)seen["own"]!["fullName"]!).ShouldBe("Ada Canary-Lovelace");
        var reads = (await ada.GetAsync("/api/me/data/reads")).Must(HttpStatusCode.OK).Json.AsArray();
        reads.Select(read => ((string)read!["by"]!, (string)read["purpose"]!, (string)read["fields"]![0]!))
            .ShouldBe([("you", "ownData", "profile"), ("mia", "match", "profile")]);
        var shown = (await ada.GetAsync("/api/me/data")).Must(HttpStatusCode.OK).Json;
        shown["lastReads"]!.AsArray().Count.ShouldBe(2);
        shown["neverCollected"]!.AsArray().Count.ShouldBeGreaterThan(3);
        var profile = shown["fields"]!.AsArray().First(field => (string)field!["field"]! == "profile" && (bool)field["sealed"]!)!;
        ((int)profile["records"]!).ShouldBe(1);
        ((DateTimeOffset)profile["until"]!).ShouldBe(vendor.Clock.GetUtcNow().AddDays(730), TimeSpan.FromMinutes(1));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Clock_OfAField_RemovesTheRecordWithAReceiptAndLeavesTheRest(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var owner = await vendor.OwnerAsync();
        var (ada, person) = await vendor.ExpertAsync("ada");
        var clock = vendor.App.Services.GetRequiredService<RetentionClock>();
        (await owner.PutAsync("/api/desk/retention/profile", new { days = 10 })).Must(HttpStatusCode.NoContent);

        vendor.Clock.Advance(TimeSpan.FromDays(9));
        (await clock.RunAsync(default)).ShouldBe(0);
        vendor.Clock.Advance(TimeSpan.FromDays(2));
        (await clock.RunAsync(default)).ShouldBe(1);

        using var again = await vendor.SignInAgainAsync(ada, "ada");
        var profile = (await again.GetAsync("/api/me/profile")).Must(HttpStatusCode.OK).Json;
        profile["own"].ShouldBeNull();
        ((string)profile["zone"]!).ShouldBe("Europe/Berlin");
        var removals = await vendor.Vault.ReceiptsAsync(new ReceiptQuery(await vendor.VendorAsync(), new ProjectId(person), Acts: [Act.Remove]));
        removals.ShouldHaveSingleItem().Principal.Kind.ShouldBe(PrincipalKind.Service);
    }

    [Fact]
    public async Task Export_OfEverything_HoldsRowsRecordsAndReads()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, person) = await vendor.ExpertAsync("ada");
        await manager.GetAsync($"/api/desk/experts/{person}/profile");

        var export = (await ada.GetAsync("/api/me/data/export")).Must(HttpStatusCode.OK).Json;

        export["profile"]!.AsArray().Select(row => (string?)row!["zone"]).ShouldContain("Europe/Berlin");
        ((string)export["records"]![0]!["content"]!["email"]!).ShouldBe("ada@canary.example");
        export["reads"]!.AsArray().Select(read => (string)read!["by"]!).ShouldContain("mia");
        foreach (var section in (string[])["vetting", "agreements", "applications"])
            export[section].ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Erase_OfAPerson_LeavesTheLedgerWholeAndTheNameNowhere(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, person) = await vendor.ExpertAsync("canary-handle");
        await manager.GetAsync($"/api/desk/experts/{person}/profile");
        var before = await vendor.Vault.HeadAsync(await vendor.VendorAsync());

        var foretold = (await ada.GetAsync("/api/me/data/erasure")).Must(HttpStatusCode.OK).Json;
        ((int)foretold["records"]!).ShouldBe(1);
        (await ada.PostAsync("/api/me/data/erasure", new { confirm = "somebody else" })).Must(HttpStatusCode.BadRequest);
        var done = (await ada.PostAsync("/api/me/data/erasure", new { confirm = (string)foretold["confirm"]! })).Must(HttpStatusCode.OK).Json;

        ((int)done["records"]!).ShouldBe(1);
        (await ada.GetAsync("/api/me/data")).Must(HttpStatusCode.Unauthorized);
        (await vendor.Browse().SignInAsync("canary-handle", Browser.Password, ada.Code(vendor.Clock))).Must(HttpStatusCode.Unauthorized);
        (await manager.GetAsync($"/api/desk/experts/{person}/profile")).Must(HttpStatusCode.OK).Json["own"].ShouldBeNull();
        (await manager.PostAsync($"/api/desk/erasures/{person}/approve")).Must(HttpStatusCode.NoContent);
        var erasure = (await manager.GetAsync("/api/desk/erasures")).Must(HttpStatusCode.OK).Json[0]!;
        ((Guid)erasure["person"]!, (string)erasure["state"]!).ShouldBe((person, "approved"));

        // Who read it is still known, and every receipt still is what its leaf says.
        var ledger = await vendor.Vault.LedgerAsync(await vendor.VendorAsync()).ToListAsync();
        ledger.Count.ShouldBeGreaterThan((int)before.Size);
        ledger.ShouldAllBe(receipt => receipt.Fits);
        ledger.ShouldContain(receipt => receipt.Project.Value == person && receipt.Act == Act.Open);
        await using (var scope = vendor.App.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<AppDb>().People.SingleAsync(row => row.Id == person)).Name.ShouldStartWith("erased-");
        if (database == "sqlite")
            FilesWith(vendor.Folder, "canary").ShouldBeEmpty();
    }

    [Fact]
    public async Task Person_AskingForWhatIsAnothers_GetsNothing()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var payroll = await vendor.JoinAsync(VendorRole.Payroll, "pay");
        var (ada, person) = await vendor.ExpertAsync("ada");

        (await payroll.GetAsync($"/api/desk/experts/{person}/profile")).Must(HttpStatusCode.Forbidden);
        (await payroll.PostAsync("/api/me/data/erasure", new { confirm = "pay" })).Must(HttpStatusCode.Forbidden);
        (await ada.PostAsync($"/api/desk/erasures/{person}/approve")).Must(HttpStatusCode.Forbidden);
        (await vendor.Browse().GetAsync("/api/me/data")).Must(HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<string> FilesWith(string folder, string canary)
    {
        SqliteConnection.ClearAllPools();
        // A lock file is empty, and nobody else may open it.
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (Encoding.Latin1.GetString(copy.GetBuffer(), 0, (int)copy.Length).Contains(canary, StringComparison.OrdinalIgnoreCase))
                yield return file;
        }
    }
}

using Shouldly;
using Xunit;

namespace Cofferdam.Architecture.Tests;

/// <summary>
/// Who may use whom. The compiler holds the walls (<c>DisableTransitiveProjectReferences</c>: a project sees what it
/// names itself and nothing more); these tests say where they stand and why. docs/architecture.md draws them.
/// </summary>
public sealed class WallTests
{
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        // An auditor reads these alone.
        ["Durable"] = [],
        ["Sealing"] = ["Durable"],
        ["Ledger"] = ["Durable"],
        ["Vault.Contract"] = [],
        ["Storage"] = [],

        // The process that holds keys has the smallest possible supply chain.
        ["Vault"] = ["Vault.Contract", "Durable", "Sealing", "Ledger"],

        // What server and vault say to each other where they are two processes; knows neither.
        ["Vault.Wire"] = ["Vault.Contract"],

        // The vault as its own program.
        ["VaultHost"] = ["Vault", "Vault.Contract", "Vault.Wire", "Sealing", "Ledger", "Durable"],

        // How endpoints answer: problem details, entity tags.
        ["Endpoints"] = [],

        // Knows sealed records by id alone.
        ["Work"] = ["Endpoints", "Storage", "Vault.Contract"],

        // What the two nodes say to each other; both sides use it. Of the ledger it takes Ed25519.
        ["Federation"] = ["Endpoints", "Ledger", "Storage", "Vault.Contract"],

        // The vendor node's room: never Work, so that nothing of it can meet an item, a guideline or an answer.
        ["Workforce"] = ["Endpoints", "Federation", "Storage", "Vault.Contract"],

        // The lab's side of its vendors.
        ["Vendors"] = ["Endpoints", "Federation", "Storage", "Vault.Contract", "Work"],

        // Seals for a recipient outside; cannot open what the vault holds, for it has no vault key.
        ["Package"] = ["Durable", "Sealing", "Ledger"],
        ["Delivery"] = ["Endpoints", "Storage", "Vault.Contract", "Work", "Package"],

        // Counts rows that Work writes; what it opens, it opens through the one door like everybody.
        ["Quality"] = ["Endpoints", "Storage", "Vault.Contract", "Work"],

        // Composes the rooms; it knows Sealing for the faults of key custody that it tells at start.
        ["Server"] = ["Durable", "Endpoints", "Federation", "Storage", "Vault.Contract", "Vault", "Vault.Wire", "Sealing", "Work", "Workforce", "Vendors", "Delivery", "Quality"],
        // Run by another party than the node's: it knows the log's formats and nothing of the node.
        ["Witness"] = ["Durable", "Ledger"],
        ["ApiClient"] = [],

        // Speaks to a node over HTTP, and verifies offline.
        ["Cli"] = ["ApiClient", "Ledger", "Package"],
    };

    public static TheoryData<string> Projects { get; } = [.. Checkout.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfEachProject_StayWithinItsWalls(string project)
    {
        MayUse.ShouldContainKey(project, $"'{project}' is new: say here what it may use, and draw it in docs/architecture.md.");
        Checkout.References(project, "ProjectReference").Except(MayUse[project], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Vault_IsUsedByServerAndItsOwnProgramAlone() =>
        Users("Vault").ShouldBe(["Server", "VaultHost"], ignoreOrder: true, "whoever has an IVault goes through the one door; whoever references Vault could build another.");

    [Fact]
    public void Sealing_IsUsedByVaultAndPackage_AndByThoseWhoStartAVaultForItsFaults() =>
        Users("Sealing").Except(["Vault", "VaultHost", "Package", "Server"], StringComparer.Ordinal).ShouldBeEmpty("nobody but the vault can unseal what the vault holds.");

    [Fact]
    public void Server_NeverSealsOrUnsealsItself()
    {
        var sources = Directory.GetFiles(Path.Combine(Checkout.Root, "src", "Server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        foreach (var source in sources)
        {
            var text = File.ReadAllText(source);
            text.ShouldNotContain("SealedRecord", Case.Sensitive, source);
            text.ShouldNotContain("AesGcm", Case.Sensitive, source);
        }
    }

    [Fact]
    public void Vault_LoadsNoPackageButDatabaseDrivers() =>
        Checkout.References("Vault", "PackageReference")
            .Except(["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", "Npgsql"], StringComparer.Ordinal)
            .ShouldBeEmpty();

    [Fact]
    public void Vault_LockedPackages_AreDriversAndTheirOwnNeeds()
    {
        // What restoring really brings, not only what the project names. Analyzers do not reach the output.
        string[] known = ["Meziantou.Analyzer", "Microsoft.Data.Sqlite", "Npgsql", "SQLitePCLRaw", "SourceGear.sqlite3", "Microsoft.Extensions."];
        using var locked = System.Text.Json.JsonDocument.Parse(Checkout.Read("src/Vault/packages.lock.json"));
        var packages = locked.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => package.Name);
        packages.Where(name => !known.Any(start => name.StartsWith(start, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Durable")]
    [InlineData("Sealing")]
    [InlineData("Ledger")]
    [InlineData("Vault.Contract")]
    [InlineData("Vault.Wire")]
    [InlineData("VaultHost")]
    [InlineData("Package")]
    [InlineData("ApiClient")]
    public void AuditableProjects_UseTheBaseLibraryAlone(string project) =>
        Checkout.References(project, "PackageReference").ShouldBeEmpty();

    [Theory]
    [InlineData("Durable")]
    [InlineData("Sealing")]
    [InlineData("Ledger")]
    [InlineData("Vault.Contract")]
    [InlineData("Vault.Wire")]
    [InlineData("Vault")]
    [InlineData("VaultHost")]
    [InlineData("Package")]
    public void TrustCode_HasNoWebFramework(string project)
    {
        Checkout.Sdk(project).ShouldBe("Microsoft.NET.Sdk");
        Checkout.References(project, "FrameworkReference").ShouldBeEmpty();
    }

    private static IEnumerable<string> Users(string project) =>
        Checkout.Projects.Where(user => Checkout.References(user, "ProjectReference").Contains(project, StringComparer.Ordinal));
}

using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.Storage;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class DocumentTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The web client's types are made from the copies in the repository. COFFERDAM_UPDATE=1 renews them.</summary>
    [Theory, InlineData(StoreRole.Lab, "openapi.json"), InlineData(StoreRole.Vendor, "openapi-vendor.json")]
    public async Task Document_InTheRepository_IsTheServersOwn(StoreRole role, string name)
    {
        await using var node = await RunningNode.StartAsync(with: options => options with { Role = role });
        using var browser = node.Browse();
        var served = (await browser.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK).Json.ToJsonString(Indented) + "\n";
        var file = Path.Combine(RepositoryRoot(), "docs", name);
        if (Environment.GetEnvironmentVariable("COFFERDAM_UPDATE") == "1")
            await File.WriteAllTextAsync(file, served);

        (await File.ReadAllTextAsync(file)).ShouldBe(served, $"docs/{name} is out of date: run this test with COFFERDAM_UPDATE=1");
    }

    [Fact]
    public async Task Document_AsServed_SpeaksOfNumbersAndNamesAlone()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = node.Browse();
        var document = (await browser.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK).Json;

        ((string)document["openapi"]!).ShouldStartWith("3.1");
        foreach (var schema in Schemas(document["components"]!["schemas"]!))
        {
            if (schema["type"] is JsonArray types)
                types.Select(type => (string)type!).Intersect(["string", "integer", "number"]).Count().ShouldBeLessThanOrEqualTo(1, schema.ToJsonString());
            if (schema["enum"] is JsonArray values)
                values.ShouldAllBe(value => value == null || value.GetValueKind() == JsonValueKind.String);
        }
    }

    private static IEnumerable<JsonObject> Schemas(JsonNode node)
    {
        if (node is JsonObject self)
            yield return self;
        var inner = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray elements => elements,
            _ => [],
        };
        foreach (var one in inner.OfType<JsonNode>().SelectMany(Schemas))
            yield return one;
    }

    private static string RepositoryRoot([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}

using System.Text.Json;

namespace Cofferdam.Cli.Demo.Shapes;

internal static class Json
{
    /// <summary>JSON in one spelling, so that two writers' escapes compare.</summary>
    public static string Normal(JsonElement json) => JsonSerializer.Serialize(json, CliJson.Default.JsonElement);
}

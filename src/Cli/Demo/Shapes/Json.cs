using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

internal static class Json
{
    /// <summary>JSON in one spelling, so that two writers' escapes compare.</summary>
    public static string Normal(JsonElement json) => JsonSerializer.Serialize(json, CliJson.Default.JsonElement);

    public static string Of(QuestionAnswer answer) => JsonSerializer.Serialize(answer, CliJson.Default.QuestionAnswer);
}

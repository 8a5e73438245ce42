using System.Text.Json;

namespace Cofferdam.Workforce.Engagements;

/// <summary>Classes of reasons as people and other nodes read them: a–z and <c>-</c>.</summary>
internal static class ReasonText
{
    public static string Of<T>(T reason)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());
}

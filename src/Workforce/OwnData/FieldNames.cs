using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Workforce.OwnData;

/// <summary>Names of fields as the API writes them.</summary>
internal static class FieldNames
{
    public static string Of(HeldField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    public static string Of(RecordKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}

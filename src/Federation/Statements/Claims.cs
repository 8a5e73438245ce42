using System.Buffers;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Statements;

/// <summary>What claims may say, whoever signed them.</summary>
internal static class Claims
{
    private const int MostListed = 50, SubjectBytes = 16, ThumbprintBytes = 32;

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.:");

    public static bool AreSound(EngagementStatement said) =>
        IsCode(said.Lab)
        && IsSubject(said.Subject)
        && Enum.IsDefined(said.Role)
        && said.ExpiresAt > said.IssuedAt && said.ExpiresAt - said.IssuedAt <= EngagementStatement.Longest
        && said.Skills.Count <= MostListed && said.Skills.All(skill => IsCode(skill?.Code))
        && said.Qualifications.Count <= MostListed && said.Qualifications.All(test => IsCode(test?.Code) && test!.Score is null or (>= 0 and <= 100))
        && said.Agreements.Count <= MostListed && said.Agreements.All(agreement => IsCode(agreement?.Code) && agreement!.Version > 0)
        && (said.Confirmation is null || StrictBase64Url.Read(said.Confirmation.Jkt, ThumbprintBytes) is not null);

    public static bool AreSound(Withdrawal said) => IsSubject(said.Subject) && Enum.IsDefined(said.Reason);

    public static StatementFault FaultOf(JwsFault fault) => fault switch
    {
        JwsFault.Type => StatementFault.Type,
        JwsFault.UnknownKey => StatementFault.UnknownKey,
        JwsFault.Signature or JwsFault.Algorithm => StatementFault.Signature,
        _ => StatementFault.Malformed,
    };

    private static bool IsSubject(string subject) => StrictBase64Url.Read(subject, SubjectBytes) is not null;

    private static bool IsCode(string? code) => code is { Length: > 0 and <= 64 } && !code.AsSpan().ContainsAnyExcept(CodeCharacters);
}

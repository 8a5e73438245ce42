using System.Text.Json;

namespace Cofferdam.Quality.Bias;

internal enum Side
{
    /// <summary>The answer chooses between no sides.</summary>
    None,
    Left,
    Right,
    Tie,
}

/// <summary>Which side an answer as it was sealed prefers: that of its first question about two responses.</summary>
/// <remarks>One per answer: what somebody says of one item to several questions is no independent evidence.</remarks>
internal static class AnswerSide
{
    public static Side Of(ReadOnlyMemory<byte> plaintext)
    {
        using var document = JsonDocument.Parse(plaintext);
        foreach (var answer in document.RootElement.GetProperty("answers").EnumerateObject())
        {
            if (answer.Value.ValueKind is JsonValueKind.Object && answer.Value.TryGetProperty("preference", out _) && answer.Value.TryGetProperty("shown", out var shown))
                return shown.ValueEquals("left"u8) ? Side.Left : shown.ValueEquals("right"u8) ? Side.Right : Side.Tie;
        }

        return Side.None;
    }
}

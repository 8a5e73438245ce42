namespace Cofferdam.Federation.Engagements;

/// <summary>What became of one statement or withdrawal, in the order they were handed in.</summary>
/// <param name="State"><c>waiting</c> for the lab's staff, <c>admissible</c>, <c>declined</c>, <c>enrolled</c>, <c>withdrawn</c>, <c>lapsed</c>; null: nothing is known of the person.</param>
/// <param name="Fault">Why it was not taken: a code; null where it was.</param>
/// <param name="Person">Pseudonym, as in work events.</param>
public sealed record StatementReply(string? State, string? Fault = null, Guid? Person = null);

namespace Cofferdam.Endpoints;

/// <summary>The first thing that is wrong with what was sent.</summary>
/// <param name="Sentence">What to do about it.</param>
/// <param name="Field">Where it is: a field of the request, or the key of a question or section.</param>
public sealed record Fault(string Sentence, string Field);

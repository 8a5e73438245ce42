using Cofferdam.Work.Access;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.AskedQuestions;

/// <summary>Puts an answered question into the draft of the guidelines, so that it is part of what is published next.</summary>
internal sealed class AnswerPublishing(DraftedGuidelines drafted)
{
    /// <summary>The section for questions and answers, made where it is missing.</summary>
    private const string DefaultSection = "questions";

    private const int Tries = 5;

    /// <param name="section">Key of the section that it is added to; null for the one made for this.</param>
    /// <returns>Null where it was done.</returns>
    public async Task<ProblemHttpResult?> AddAsync(
        InProject at, Actor actor, string question, string answer, string? section, CancellationToken cancellation)
    {
        var entry = $"> {question.ReplaceLineEndings("\n> ")}\n\n{answer}";
        for (var i = 0; i < Tries; i++)
        {
            var (draft, refused) = await drafted.OpenAsync(at, actor, cancellation);
            if (refused is not null)
                return Problems.Refused(refused);
            if (section is not null && section != DefaultSection && !draft.Sections.Any(one => one.Key == section))
                return Problems.Invalid("The draft has no such section.", "section");
            var sections = Add(draft.Sections, section ?? DefaultSection, entry);
            if (!Section.Fit(sections) || sections.Any(one => one.Body.Length > Section.MostBodyCharacters))
                return Problems.Of(StatusCodes.Status409Conflict, "section-full", "The section has no room for this. Name another, or shorten it first.");
            if (await drafted.SaveAsync(at, actor, sections, draft.Version, cancellation) is not null)
                return null;
        }

        return ETags.Changed();
    }

    private static List<Section> Add(IReadOnlyList<Section> sections, string key, string entry) =>
        sections.Any(section => section.Key == key)
            ? [.. sections.Select(section => section.Key == key ? section with { Body = $"{section.Body.TrimEnd()}\n\n{entry}".TrimStart() } : section)]
            : [.. sections, new Section(key, "Questions and answers", entry, [])];
}

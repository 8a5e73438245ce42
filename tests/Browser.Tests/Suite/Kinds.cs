using System.Text.Json;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>A project for each kind of question, in words written for these tests.</summary>
internal static class Kinds
{
    public static QuestionOption[] Names { get; } = [new("PER", "Person", "p"), new("LOC", "Place", "l"), new("ORG", "Organisation", "o"), new("DAT", "Date", "d")];

    public static Plan Choice { get; } = new(
        "What does the customer want?",
        [
            new("intent", "choice", "What does the customer want?", true)
            {
                Options =
                [
                    new("card-late", "A card that has not arrived", "c"), new("refund", "Money back", "m"), new("fee", "To know why a fee was charged"),
                    new("pin", "A new PIN"), new("limit", "A higher limit"), new("close", "To close the account"), new("other", "Something else", "o"),
                ],
            },
            new("tone", "choice", "How do they sound?", false)
            {
                Multiple = true,
                Options = [new("calm", "Calm"), new("worried", "Worried"), new("angry", "Angry"), new("ironic", "Ironic")],
            },
        ],
        [.. ((string[])["I ordered my card nine days ago and the letter box is still empty.", "Why did you take 4 euros for a transfer that was free last month?", "Please tell me how to close my account; I am moving abroad.", "The shop sent the money back, I see nothing of it."]).Select((text, at) => Row(new { id = $"m-{at}", text }))])
    {
        Guidelines =
        [
            new("intent", "Choosing an intent", "Take what the customer wants **done**, not what they complain of.", ["intent"]),
            new("tone", "Hearing the tone", "Only what the words carry. Leave it empty where they carry nothing.", ["tone"]),
        ],
    };

    public static Plan Ranking { get; } = new(
        "Four ways to say it",
        [new("order", "ranking", "Put the answers in order, the most helpful first.", true) { Ties = true }],
        [
            Row(new
            {
                id = "r-1",
                prompt = "My bread never rises. What am I doing wrong?",
                responses = (string[])
                [
                    "Check the yeast first: stir it into warm water with a pinch of sugar. If it does not foam within 10 minutes, it is dead.",
                    "Bread is difficult.",
                    "Most often the water was too hot and killed the yeast, or the room too cold. Use water at about 35 °C and give the dough two hours.",
                    "Add more flour, then wait.",
                ],
            }),
        ]);

    public static Plan Scales { get; } = new(
        "How clear is this notice?",
        [
            new("clarity", "rating", "How clear is it to somebody who reads it once?", true, Points: 5) { Low = "not at all", High = "entirely" },
            new("terms", "number", "How many words would need a dictionary?", true) { Whole = true, Min = 0, Max = 200, Unit = "words" },
            new("better", "text", "Say it better.", false, MaxLength: 1000) { Markdown = true, ShowIf = new ShowIf("clarity", ["1", "2", "3"]) },
        ],
        [
            Row(new { id = "s-1", text = "Pursuant to the aforementioned provisions, access to the premises shall be withheld until such time as remedial works have been concluded." }),
            Row(new { id = "s-2", text = "The pool is closed on Monday. It opens again on Tuesday at 8." }),
        ]);

    /// <summary>Its first text has an emoji before the names, and suggestions for some of them.</summary>
    public static Plan Spans { get; } = new(
        "Names in local news",
        [new("names", "spans", "Mark every person, place, organisation and date.", true) { Labels = Names, Overlap = false }],
        [
            Row(new
            {
                id = "n-1",
                text = "🎉 Ada Marsh of the Harbour Trust opened the new lock at Seaford on 4 May.\nShe thanked Jonas Berg, whose team had dug for three winters.\n\n“Without him there would be mud,” said the mayor of Seaford.",
                names = new { spans = (object[])[new { start = 2, end = 11, label = "PER" }, new { start = 19, end = 32, label = "ORG" }] },
            }),
            Row(new { id = "n-2", text = "The Harbour Trust meets in Seaford every Friday 👩‍🚀 with Noor Haddad." }),
        ])
    { Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = "text", ["prelabel.names"] = "names" } };

    public static string Row(object row) => JsonSerializer.Serialize(row);
}

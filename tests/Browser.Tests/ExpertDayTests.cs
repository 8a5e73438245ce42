using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class ExpertDayTests(Stage stage) : Walk(stage)
{
    private static readonly Plan Everything = new(
        "Reports from the harbour",
        [
            new("kind", "choice", "What kind of report is it?", true) { Options = [new("work", "On works", "h"), new("event", "On an event", "e"), new("other", "Something else", "o")] },
            new("order", "ranking", "Put the headlines in order, the best first.", true) { Ties = false },
            new("names", "spans", "Mark the people and places.", true) { Labels = Kinds.Names, Overlap = false },
            new("clarity", "rating", "How clear is it?", true, Points: 5) { Low = "not at all", High = "entirely" },
            new("dates", "number", "How many dates does it name?", true) { Whole = true, Min = 0, Max = 50 },
            new("better", "text", "What is missing?", false, MaxLength: 500) { ShowIf = new ShowIf("clarity", ["1", "2"]) },
        ],
        [.. Enumerable.Range(1, 3).Select(number => Kinds.Row(new
        {
            id = $"d-{number}",
            text = $"🌊 Report {number}: Ada Marsh opened the lock at Seaford on 4 May.",
            responses = (string[])["A lock opens", "Ada Marsh opens the lock of Seaford", "News"],
        }))])
    {
        Warnings = [new("accident", "Some reports speak of accidents at work.")],
        Batch = new BatchBody("First round", 1, 900, Held: 3) { Warning = true },
    };

    [Fact]
    public async Task Expert_ThroughADay_ByKeyboardAlone()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync(Everything);
        var visitor = await VisitAsync((await lab.EnrolAsync("annotator")).Node);
        await Axe.AddAsync(visitor);
        var room = new Workroom(visitor.Page);
        var page = room.Page;

        // What the content may hold comes before any of it, with a choice; then the guidelines.
        await page.GotoAsync(project.Work);
        await Expect(page.GetByText("Some reports speak of accidents at work.")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "content warning");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "I will work with it" }));
        await Expect(room.HaveRead).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "guidelines to acknowledge");
        await PressAsync(room.HaveRead);
        await room.ReadyAsync();

        await AnswerAsync(room);
        await Axe.CheckAsync(page, "workroom, every kind of question");

        // In a field, letters are letters; Escape leaves it.
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("q");
        await Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Is a lock a place?");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Your question is with the lab")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "asking the lab");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+Enter");
        await room.SaysAsync("last answer sent");
        await Expect(room.Heading).ToHaveTextAsync("Task 2 of today");

        // It comes back with what that rests on; the expert disagrees, and somebody else decides.
        var work = (await lab.EnrolAsync("reviewer")).Lab.Work(project.Id);
        var judged = (await work.NextReviewAsync(Cancellation)).OrThrow();
        var grounds = new ReviewEvidence(Question: "names", Quote: "the lock");
        (await work.ReviewAsync(judged.Slot, new ReviewBody("return", "The lock is a place too.", Evidence: grounds), Cancellation)).OrThrow();
        await page.ReloadAsync();
        await room.ReadyAsync();
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "1 task returned to you" }));
        await Expect(page.GetByText("The lock is a place too.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "On works" })).ToBeCheckedAsync();
        await Axe.CheckAsync(page, "returned");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Appeal" }));
        await page.Keyboard.TypeAsync("The guidelines say that only named things count.");
        await Axe.CheckAsync(page, "appeal");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Your appeal is with somebody who has not judged this answer.")).ToBeVisibleAsync();

        await DecideAsync(lab, project);

        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "your day" }));
        await Expect(page.GetByText("appeal upheld").First).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "your day");
        (await project.SlotsAsync()).Accepted.ShouldBe(1);
    }

    private static async Task AnswerAsync(Workroom room)
    {
        var keys = room.Page.Keyboard;
        await keys.PressAsync("h");
        await Expect(room.Page.GetByRole(AriaRole.Radio, new() { Name = "On works" })).ToBeCheckedAsync();
        await keys.PressAsync("n");
        await keys.PressAsync("n");
        var ranks = room.Page.GetByRole(AriaRole.Spinbutton, new() { NameRegex = new("^Rank of response") });
        await Expect(ranks.First).ToBeFocusedAsync();
        foreach (var rank in new[] { "2", "1", "3" })
        {
            await keys.PressAsync(rank);
            await keys.PressAsync("ArrowRight");
        }

        await Expect(ranks.Nth(1)).ToContainTextAsync("rank 1 of 3");
        await room.MarkAsync("Ada Marsh", "p");
        await room.MarkAsync("Seaford", "l");
        // The question after the one at work: the scale, then the number.
        await room.Page.GetByRole(AriaRole.Radio, new() { Name = "4" }).FocusAsync();
        await keys.PressAsync("4");
        await keys.PressAsync("n");
        await keys.TypeAsync("1");
        await Expect(room.Page.GetByText("What is missing?")).ToHaveCountAsync(0);
        await room.SavesAsync();
    }

    /// <summary>By lab staff, who neither gave nor returned the answer.</summary>
    private async Task DecideAsync(Lab lab, LabProject project)
    {
        var visitor = await VisitAsync(lab.Owner.Node);
        await Axe.AddAsync(visitor);
        var page = visitor.Page;
        await page.GotoAsync($"{project.Review}/appeals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).First.ClickAsync();
        await Expect(page.GetByText("The guidelines say that only named things count.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The lock is a place too.")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "appeal, opened");
        await page.GetByRole(AriaRole.Button, new() { Name = "Uphold" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("Named things alone, as the section says.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task PressAsync(ILocator control)
    {
        await control.FocusAsync();
        await control.Page.Keyboard.PressAsync("Enter");
    }
}

using System.Text.Json;
using Cofferdam.Work.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Work.Tests.Forms;

public sealed class AnswerJsonTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = SealedJson.Shapes.Options.Encoder };

    private static readonly Gen<(Question Question, object Answer)> Any = Gen.OneOf(
        Gen.Choose(-2, 2).Select(n => (Answers.Pairwise, (object)new { choice = n })),
        Gen.Choose(1, 4).ArrayOf(4).Select(ranks => (Answers.Ranking, (object)new { ranks })),
        Gen.SubListOf("x", "y", "ü \"z\"").Where(values => values.Count is 1 or 2).Select(values => (Answers.Choice, (object)new { values })),
        Gen.Choose(1, 5).Select(n => (Answers.Rating, (object)new { rating = n })),
        Gen.Choose(-100, 10_000).Select(n => (Answers.Number, (object)new { number = n / 100m })),
        Gen.Elements("a", "😀 \"ü\"\n").Select(text => (Answers.Text, (object)new { text })),
        Gen.SubListOf(0, 2, 4, 6, 8).SelectMany(starts => Gen.Elements("PER", "LOC").Select(label =>
            (Answers.Spans, (object)new { spans = starts.Order().Select(start => new { start, end = start + 2, label }) }))));

    /// <summary>What a person sent is what they are shown again, however the item lay before them.</summary>
    [Fact]
    public void WriteShown_OfWhatWasWritten_GivesTheSameAnswerUnderEveryArrangement()
    {
        var cases = from answer in Any
                    from flipped in Gen.Elements(false, true)
                    from slot in ArbMap.Default.GeneratorFor<Guid>()
                    select (answer, flipped, slot);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var form = new Form([one.answer.Question]);
            var sent = JsonSerializer.Serialize(new { q = one.answer.Answer }, Relaxed);
            var (written, fault) = form.Write(sent, Answers.Everything.Show(one.flipped, one.slot));
            fault.ShouldBeNull();
            Answers.WriteShown(written!).ShouldBe(sent);
        }));
    }

    /// <summary>Two people who mean the same responses give the same vote, whatever lay left or first.</summary>
    [Fact]
    public void Vote_OfTheSameOpinion_IsTheSameUnderEveryArrangement()
    {
        var opinions = from ranks in Gen.Choose(1, 4).ArrayOf(4) from better in Gen.Choose(-2, 2) from slots in ArbMap.Default.GeneratorFor<Guid>().Two() select (ranks, better, slots);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(opinions.ToArbitrary(), one =>
        {
            var (first, second) = (Answers.Everything.Show(false, one.slots.Item1), Answers.Everything.Show(true, one.slots.Item2));
            var ranking = new Form([Answers.Ranking]);
            string Ranks(Work.Items.ShownItem item) => ranking.Vote(ranking.Write($$$"""{"q":{"ranks":[{{{string.Join(',', item.Order.Select(at => one.ranks[at]))}}}]}}""", item).Sealed!);
            Ranks(first).ShouldBe(Ranks(second));
            var pairwise = new Form([Answers.Pairwise]);
            string Better(Work.Items.ShownItem item) => pairwise.Vote(pairwise.Write($$$"""{"q":{"choice":{{{(item.Flipped ? one.better : -one.better)}}}}}""", item).Sealed!);
            Better(first).ShouldBe(Better(second));
            Better(first).ShouldBe(one.better switch { > 0 => "a", < 0 => "b", _ => "tie" });
        }));
    }

    [Theory]
    [InlineData(QuestionType.Ranking, """{"ranks":[1,3,3,4]}""", """{"ranks":[1,2,2,3]}""")]
    [InlineData(QuestionType.Choice, """{"values":["x","y"]}""", """{"values":["y","x"]}""")]
    [InlineData(QuestionType.Number, """{"number":1.50}""", """{"number":1.5}""")]
    [InlineData(QuestionType.Number, """{"number":-0}""", """{"number":0.0}""")]
    [InlineData(QuestionType.Spans, """{"spans":[{"start":4,"end":5,"label":"PER"},{"start":0,"end":2,"label":"LOC"}]}""", """{"spans":[{"label":"LOC","start":0,"end":2},{"start":4,"end":5,"label":"PER"}]}""")]
    [InlineData(QuestionType.Pairwise, """{"choice":-1}""", """{"choice":-2}""")]
    public void Vote_OfTwoSpellings_IsOne(QuestionType type, string one, string other)
    {
        var form = new Form([Of(type)]);

        var votes = new[] { one, other }.Select(answer => form.Vote(form.Write($$"""{"q":{{answer}}}""", Answers.Everything.Show()).Sealed!)).ToList();

        votes[0].ShouldBe(votes[1]);
        votes[0].ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(QuestionType.Pairwise, """{"choice":3}""")]
    [InlineData(QuestionType.Pairwise, """{"choice":-2147483648}""")]
    [InlineData(QuestionType.Pairwise, "1")]
    [InlineData(QuestionType.Ranking, """{"ranks":[1,2,3]}""")]
    [InlineData(QuestionType.Ranking, """{"ranks":[1,2,3,5]}""")]
    [InlineData(QuestionType.Ranking, """{"ranks":[0,1,2,3]}""")]
    [InlineData(QuestionType.Ranking, """{"ranks":[1,2,3,1.5]}""")]
    [InlineData(QuestionType.Choice, """{"values":[]}""")]
    [InlineData(QuestionType.Choice, """{"values":["x","x"]}""")]
    [InlineData(QuestionType.Choice, """{"values":["x","y","ü \"z\""]}""")]
    [InlineData(QuestionType.Choice, """{"values":["X"]}""")]
    [InlineData(QuestionType.Rating, """{"rating":0}""")]
    [InlineData(QuestionType.Rating, """{"rating":2.5}""")]
    [InlineData(QuestionType.Number, """{"number":101}""")]
    [InlineData(QuestionType.Number, """{"number":"7"}""")]
    [InlineData(QuestionType.Number, """{"number":1e300}""")]
    [InlineData(QuestionType.Text, """{"text":" "}""")]
    [InlineData(QuestionType.Text, """{"text":"123456789012345678901"}""")]
    [InlineData(QuestionType.Spans, """{"spans":[{"start":0,"end":11,"label":"PER"}]}""")]
    [InlineData(QuestionType.Spans, """{"spans":[{"start":2,"end":2,"label":"PER"}]}""")]
    [InlineData(QuestionType.Spans, """{"spans":[{"start":0,"end":2,"label":"per"}]}""")]
    [InlineData(QuestionType.Spans, """{"spans":[{"start":3,"end":5,"label":"PER"},{"start":0,"end":4,"label":"LOC"}]}""")]
    [InlineData(QuestionType.Spans, """{"spans":{"start":0}}""")]
    public void Write_AnswerThatTheQuestionDoesNotTake_NamesTheQuestion(QuestionType type, string answer)
    {
        var (_, fault) = new Form([Of(type)]).Write($$"""{"q":{{answer}}}""", Answers.Everything.Show());

        fault.ShouldNotBeNull().Field.ShouldBe("q");
    }

    [Fact]
    public void Write_RankingWithoutTies_TakesEachRankOnce()
    {
        var form = new Form([Answers.Ranking with { Ties = false }]);

        form.Write("""{"q":{"ranks":[1,2,2,3]}}""", Answers.Everything.Show()).Fault.ShouldNotBeNull();
        form.Write("""{"q":{"ranks":[4,2,1,3]}}""", Answers.Everything.Show()).Fault.ShouldBeNull();
    }

    [Fact]
    public void Write_SpansThatMayOverlap_TakesThemButNoneTwice()
    {
        var form = new Form([Answers.Spans with { Overlap = true }]);

        form.Write("""{"q":{"spans":[{"start":3,"end":5,"label":"PER"},{"start":0,"end":4,"label":"PER"}]}}""", Answers.Everything.Show()).Fault.ShouldBeNull();
        form.Write("""{"q":{"spans":[{"start":3,"end":5,"label":"PER"},{"start":3,"end":5,"label":"PER"}]}}""", Answers.Everything.Show()).Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Write_QuestionThatDependsOnAnother_IsAskedOnlyWhereTheOtherSaysSo()
    {
        var form = new Form(
        [
            Answers.Choice with { Key = "kind" },
            Answers.Text with { Key = "why", ShowIf = new ShowIf("kind", ["y"]) },
            Answers.Pairwise with { Key = "side", Required = false },
            Answers.Rating with { Key = "left", ShowIf = new ShowIf("side", ["left"]) },
        ]);
        var item = Answers.Everything.Show(flipped: true);

        form.Write("""{"kind":{"values":["x"]}}""", item).Fault.ShouldBeNull();
        form.Write("""{"kind":{"values":["x","y"]}}""", item).Fault.ShouldNotBeNull().ShouldBe(new Fault(AnswerJson.Missing, "why"));
        form.Write("""{"kind":{"values":["x"]},"why":{"text":"t"}}""", item).Fault!.ShouldBe(new Fault("This question is not asked here.", "why"));
        form.Write("""{"kind":{"values":["x"]},"side":{"choice":-1}}""", item).Fault!.Field.ShouldBe("left");
        form.Write("""{"kind":{"values":["x"]},"side":{"choice":1}}""", item).Fault.ShouldBeNull();
    }

    [Fact]
    public void Write_ItemLacksWhatIsAskedAbout_TheQuestionIsNotAsked()
    {
        var form = new Form([Answers.Spans with { Key = "marks" }, Answers.Ranking with { Key = "order" }, Answers.Pairwise with { Key = "side" }, Answers.Rating]);
        var bare = new Work.Items.ItemShape(false, 0, null).Show();

        form.Write("""{"q":{"rating":2}}""", bare).Fault.ShouldBeNull();
        form.Write("""{"q":{"rating":2},"marks":{"spans":[]}}""", bare).Fault!.Field.ShouldBe("marks");
    }

    [Theory]
    [InlineData(QuestionType.Pairwise, """{"preference":"a","strength":2}""", """{"choice":2}""", """{"choice":1}""")]
    [InlineData(QuestionType.Pairwise, "\"b\"", """{"choice":-1}""", """{"choice":1}""")]
    [InlineData(QuestionType.Choice, "\"x\"", """{"values":["x"]}""", """{"values":["y"]}""")]
    [InlineData(QuestionType.Rating, "3", """{"rating":3}""", """{"rating":4}""")]
    [InlineData(QuestionType.Text, """{"text":"as is"}""", """{"text":"as is"}""", """{"text":"other"}""")]
    [InlineData(QuestionType.Spans, """[{"label":"PER","start":1,"end":3}]""", """{"spans":[{"start":1,"end":3,"label":"PER"}]}""", """{"spans":[]}""")]
    public void Write_ItemWithPrelabel_SaysWhetherItWasKept(QuestionType type, string prelabel, string suggested, string other)
    {
        var form = new Form([Of(type)]);
        var item = (Answers.Everything with { Prelabels = System.Text.Encoding.UTF8.GetBytes($$"""{"q":{{prelabel}},"no-such":1}""") }).Show(flipped: true);

        form.WriteSuggestions(item).ShouldBe($$"""{"q":{{suggested}}}""");
        var kept = form.Write($$"""{"q":{{suggested}}}""", item).Sealed!;
        Answers.WriteShown(kept).ShouldEndWith(""","prelabel":"kept"}}""");
        Answers.WriteShown(form.Write($$"""{"q":{{other}}}""", item).Sealed!).ShouldEndWith(""","prelabel":"changed"}}""");
        // What was shown may be sent again as it is.
        form.Write(Answers.WriteShown(kept), item).Sealed.ShouldBe(kept);
    }

    [Fact]
    public void WriteSuggestions_RankingInItemOrder_IsShownInTheOrderOnTheScreen()
    {
        var form = new Form([Answers.Ranking]);
        var item = (Answers.Everything with { Prelabels = """{"q":{"ranks":[1,2,3,4]}}"""u8.ToArray() }).Show(slot: Guid.Parse("019ab000-0000-7000-8000-000000000007"));

        var shown = form.WriteSuggestions(item);

        shown.ShouldBe($$$"""{"q":{"ranks":[{{{string.Join(',', item.Order.Select(at => at + 1))}}}]}}""");
        form.Write(shown, item).Sealed!.ShouldContain("\"ranks\":[1,2,3,4]");
    }

    [Theory]
    [InlineData("""{"values":["gone"]}""")]
    [InlineData("7")]
    [InlineData("null")]
    public void WriteSuggestions_PrelabelThatDoesNotFit_IsLeftOutAndMarksNothing(string prelabel)
    {
        var form = new Form([Answers.Choice]);
        var item = (Answers.Everything with { Prelabels = System.Text.Encoding.UTF8.GetBytes($$"""{"q":{{prelabel}}}""") }).Show();

        form.WriteSuggestions(item).ShouldBe("{}");
        form.Write("""{"q":{"values":["x"]}}""", item).Sealed!.ShouldNotContain("prelabel");
    }

    [Fact]
    public void Deciding_FirstRequiredQuestionThatPeopleCanAgreeOn()
    {
        new Form([Answers.Text, Answers.Rating with { Key = "r", Required = false }, Answers.Choice with { Key = "c" }]).Deciding.Key.ShouldBe("c");
        new Form([Answers.Text, Answers.Rating with { Key = "r", Required = false }]).Deciding.Key.ShouldBe("q");
        new Form([Answers.Choice]).Vote("""{"v":1,"answers":{}}""").ShouldBeEmpty();
    }

    private static Question Of(QuestionType type) => type switch
    {
        QuestionType.Pairwise => Answers.Pairwise,
        QuestionType.Ranking => Answers.Ranking,
        QuestionType.Choice => Answers.Choice,
        QuestionType.Rating => Answers.Rating,
        QuestionType.Number => Answers.Number,
        QuestionType.Text => Answers.Text,
        _ => Answers.Spans,
    };
}

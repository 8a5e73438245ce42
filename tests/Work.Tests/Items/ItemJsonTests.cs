using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cofferdam.Work.Items;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Work.Tests.Items;

public sealed class ItemJsonTests
{
    [Fact]
    public void CodePoints_OfAnyText_AreItsRunesHoweverItIsEscaped() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Gen.Elements("a", "\"", "\\", "\n", "ü", "\u0301", "漢", "😀", "\u202e", "\0").ListOf().Select(string.Concat).ToArbitrary(),
            text =>
            {
                foreach (var encoder in (JavaScriptEncoder[])[JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping])
                {
                    var quoted = JsonEncodedText.Encode(text, encoder).ToString();
                    JsonSlices.CodePoints(Encoding.UTF8.GetBytes($"\"{quoted}\"")).ShouldBe(text.EnumerateRunes().Count());
                }

                JsonSlices.CodePoints(Encoding.UTF8.GetBytes($"\"{text.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)}\""))
                    .ShouldBe(text.EnumerateRunes().Count(rune => rune.Value is not ('\\' or '"')));
            }));

    [Fact]
    public void Write_ItemOfManyParts_SendsWhatPeopleSeeAndNothingElse()
    {
        var item = ItemJson.Read("""
            {"v":1,"external":"secret","responses":["one",[{"role":"assistant","content":"two"}],"three"],"text":"t😀","image":{"id":"6b1d0f6e-0000-7000-8000-000000000000","type":"image/png","name":"secret.png","bytes":7},"prelabels":{"q":"secret"},"fields":{"text":"secret"}}
            """u8.ToArray());
        var arrangement = new Arrangement(Guid.NewGuid(), false, "key"u8.ToArray());

        var shown = Shown(item, arrangement);

        item.Shape.ShouldSatisfyAllConditions(
            shape => shape.IsPair.ShouldBeFalse(), shape => shape.Responses.ShouldBe(3), shape => shape.TextLength.ShouldBe(2), shape => shape.Prelabels.Length.ShouldBe(14));
        shown.GetRawText().ShouldNotContain("secret");
        shown.EnumerateObject().Select(part => part.Name).ShouldBe(["responses", "text", "image"]);
        string[] responses = ["\"one\"", """[{"role":"assistant","content":"two"}]""", "\"three\""];
        shown.GetProperty("responses").EnumerateArray().Select(one => one.GetRawText()).ShouldBe(arrangement.Order(3).Select(at => responses[at]));
    }

    [Fact]
    public void Read_NothingToShow_IsNoItem() =>
        Should.Throw<InvalidOperationException>(() => ItemJson.Read("""{"v":1,"external":"x","fields":{"text":"t"}}"""u8.ToArray()));

    [Fact]
    public void Order_OfOneSlot_IsTheSameAgainAndOverManySlotsEachPlaceIsAsLikely()
    {
        var key = "key"u8.ToArray();
        var places = new int[20, 20];
        var random = new Random(7);
        var bytes = new byte[16];
        for (var i = 0; i < 4_000; i++)
        {
            random.NextBytes(bytes);
            var order = new Arrangement(new Guid(bytes), false, key).Order(20);
            order.Order().ShouldBe(Enumerable.Range(0, 20));
            new Arrangement(new Guid(bytes), true, key).Order(20).ShouldBe(order);
            for (var place = 0; place < 20; place++)
                places[order[place], place]++;
        }

        // 200 expected at each; six standard deviations.
        places.Cast<int>().ShouldAllBe(count => count > 115 && count < 285);
        new Arrangement(new Guid(bytes), false, "other"u8.ToArray()).Order(20).ShouldNotBe(new Arrangement(new Guid(bytes), false, key).Order(20));
    }

    private static JsonElement Shown(ItemJson item, Arrangement arrangement)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            item.Write(json, arrangement);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}

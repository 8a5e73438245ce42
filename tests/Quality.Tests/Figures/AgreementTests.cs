using System.Text.Json;
using Cofferdam.Quality.Figures;

namespace Cofferdam.Quality.Tests.Figures;

/// <summary>Against published observed agreement (../shared/data/agreement_vectors.json, where it is there) and by hand.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void Estimate_TwoAnswersEach_IsTheShareOfItemsThatAgree()
    {
        var agreement = new Agreement();
        for (var item = 0; item < 148; item++)
            agreement.Add(item < 15 ? [2] : [1, 1]);
        agreement.Items.ShouldBe(148);
        // The interval is Newcombe's for 15 of 148.
        var estimate = agreement.Estimate!;
        (Math.Round(estimate.Value, 4), Math.Round(estimate.Low, 4), Math.Round(estimate.High, 4)).ShouldBe((0.1014, 0.0624, 0.1605));
    }

    [Fact]
    public void Add_ItemsWithOneAnswer_TellNothing()
    {
        var agreement = new Agreement();
        agreement.Add([1]);
        agreement.Add([]);
        agreement.Items.ShouldBe(0);
        agreement.Estimate.ShouldBeNull();
    }

    [Fact]
    public void Estimate_ThreeAnswers_CountsPairs()
    {
        var agreement = new Agreement();
        // One pair of three agrees.
        agreement.Add([2, 1]);
        agreement.Estimate!.Value.ShouldBe(1.0 / 3, 1e-12);
        agreement.Add([3]);
        agreement.Estimate!.Value.ShouldBe(2.0 / 3, 1e-12);
    }

    [Fact]
    public void Estimate_FleissTable_IsThePublishedObservedAgreement()
    {
        var vectors = Read();
        var agreement = new Agreement();
        foreach (var item in vectors.GetProperty("inputs").GetProperty("fleiss_counts").EnumerateArray())
            agreement.Add([.. item.EnumerateArray().Select(count => count.GetInt32())]);
        agreement.Estimate!.Value.ShouldBe(Value(vectors, "wikipedia_fleiss_10x5x14", "P_bar"), 1e-12);
    }

    [Fact]
    public void Estimate_TableOfTwoRaters_IsThePublishedObservedAgreement()
    {
        var vectors = Read();
        var table = vectors.GetProperty("inputs").GetProperty("irrCAC_cont3x3abstractors");
        var agreement = new Agreement();
        for (var one = 0; one < 3; one++)
        {
            for (var other = 0; other < 3; other++)
            {
                for (var item = 0; item < table[one][other].GetInt32(); item++)
                    agreement.Add(one == other ? [2] : [1, 1]);
            }
        }

        agreement.Estimate!.Value.ShouldBe(Value(vectors, "irrCAC_cont3x3abstractors", "po"), 1e-12);
    }

    [Fact]
    public void Estimate_RatersWhoLeftItemsOut_IsThePublishedObservedAgreement()
    {
        var vectors = Read();
        var raters = vectors.GetProperty("inputs").GetProperty("krippendorff_C_4x12");
        var agreement = new Agreement();
        for (var item = 0; item < raters[0].GetArrayLength(); item++)
        {
            agreement.Add([.. raters.EnumerateArray().Select(rater => rater[item]).Where(rating => rating.ValueKind is JsonValueKind.Number)
                .GroupBy(rating => rating.GetInt32()).Select(votes => votes.Count())]);
        }

        agreement.Estimate!.Value.ShouldBe(Value(vectors, "C_4x12_gwet_missing", "pa"), 1e-12);
    }

    private static JsonElement Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Vectors.RealData("agreement_vectors.json")));
        return document.RootElement.Clone();
    }

    private static double Value(JsonElement vectors, string set, string name) => vectors.GetProperty("values").GetProperty(set).GetProperty(name).GetDouble();
}

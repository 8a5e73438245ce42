using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cofferdam.Work.Batches;

/// <summary>Changes to a batch's settings: what is not named stays.</summary>
internal static class BatchPatch
{
    /// <summary>Writes all settings, where nobody else has meanwhile.</summary>
    public const string Sql = """
        UPDATE batch SET lease_seconds = @lease, held = @held, adaptive = @adaptive, priority = @priority, deadline = @deadline, price = @price,
          price_cap = @cap, currency = @currency, daily_cap = @daily, rework = @rework, max_rounds = @rounds, gold_percent = @gold,
          gold_feedback = @feedback, review_percent = @review, second_review_percent = @second, skills = @skills, languages = @languages,
          warning = @warning, revision = revision + 1
        WHERE id = @id AND revision = @revision
        """;

    /// <returns>Null where the body names something that is no setting, or gives it a value of another kind.</returns>
    public static BatchSettings? Read(BatchSettings settings, JsonObject body, JsonSerializerOptions options)
    {
        var all = JsonSerializer.SerializeToNode(settings, options)!.AsObject();
        foreach (var (name, value) in body)
        {
            if (!all.ContainsKey(name))
                return null;
            all[name] = value?.DeepClone();
        }

        try
        {
            return all.Deserialize<BatchSettings>(options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IEnumerable<(string Name, object? Value)> Values(Batch batch) =>
    [
        ("@id", batch.Id), ("@lease", batch.LeaseSeconds), ("@held", batch.Held), ("@adaptive", batch.Adaptive), ("@priority", (short)batch.Priority),
        ("@deadline", batch.Deadline), ("@price", batch.Price), ("@cap", batch.PriceCap), ("@currency", batch.Currency), ("@daily", batch.DailyCap),
        ("@rework", (short)batch.Rework), ("@rounds", (short)batch.MaxRounds), ("@gold", (short)batch.GoldPercent), ("@feedback", (short)batch.GoldFeedback),
        ("@review", (short)batch.ReviewPercent), ("@second", (short)batch.SecondReviewPercent), ("@skills", batch.Skills),
        ("@languages", batch.Languages), ("@warning", batch.Warning),
    ];
}

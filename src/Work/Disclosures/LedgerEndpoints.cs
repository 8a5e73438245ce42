using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Disclosures;

/// <param name="Root">RFC 6962 root hash over the leaves of all receipts, base64.</param>
/// <param name="Unseals">Decryptions of records since this process started, counted where they happen.</param>
public sealed record LedgerView(long Size, byte[] Root, long Unseals, bool Evaluation, Guid Process);

/// <summary>One receipt with what its leaf commits to; bytes are base64.</summary>
public sealed record ReceiptView(long Sequence, DateTimeOffset Time, Act Act, byte[] What, byte[] Who, byte[] Salt, byte[] Leaf);

internal static class LedgerEndpoints
{
    private const int ReceiptsPerFlush = 256;

    public static void MapLedgerEndpoints(this RouteGroupBuilder lab)
    {
        var ledger = lab.MapGroup("/ledger");
        ledger.MapGet("", Head).RequireAuthorization(Policies.Observer);
        ledger.MapGet("/receipts", Stream).RequireAuthorization(Policies.Observer);
        ledger.MapGet("/receipts/{sequence:long:min(0)}", Get).RequireAuthorization(Policies.Observer);
    }

    private static async Task<Ok<LedgerView>> Head(Actor actor, IVault vault, CancellationToken cancellation)
    {
        var head = await vault.HeadAsync(actor.Lab, cancellation);
        var figures = await vault.FiguresAsync(cancellation);
        return TypedResults.Ok(new LedgerView(head.Size, head.Root.ToArray(), figures.Unseals, vault.Identity.EvaluationMode, vault.Identity.Process));
    }

    private static async Task<Results<Ok<ReceiptView>, ProblemHttpResult>> Get(long sequence, Actor actor, IVault vault, CancellationToken cancellation) =>
        await vault.ReceiptAsync(actor.Lab, sequence, cancellation) is { } receipt ? TypedResults.Ok(View(receipt)) : Problems.NotFound();

    private static Results<PushStreamHttpResult, ProblemHttpResult> Stream(Actor actor, IVault vault, CancellationToken cancellation, long from = 0) =>
        from < 0 ? Problems.Invalid("Receipts are counted from 0.", "from") : TypedResults.Stream(
            async body =>
            {
                var count = 0;
                await foreach (var receipt in vault.LedgerAsync(actor.Lab, from, cancellation))
                {
                    await JsonSerializer.SerializeAsync(body, View(receipt), LedgerJson.Default.ReceiptView, cancellation);
                    await body.WriteAsync("\n"u8.ToArray(), cancellation);
                    if (++count % ReceiptsPerFlush == 0)
                        await body.FlushAsync(cancellation);
                }
            },
            "application/x-ndjson");

    private static ReceiptView View(ReceiptEntry receipt) => new(
        receipt.Sequence, receipt.Time, receipt.Act, receipt.What.ToArray(), receipt.Who.ToArray(), receipt.Salt.ToArray(), receipt.Leaf.ToArray());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseAct)])]
[JsonSerializable(typeof(ReceiptView))]
internal sealed partial class LedgerJson : JsonSerializerContext;

internal sealed class CamelCaseAct() : JsonStringEnumConverter<Act>(JsonNamingPolicy.CamelCase);

using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Access;

/// <summary>
/// The answer 428 to somebody who signs: everything that the request opened so far, each with a fresh nonce, for the page
/// to sign and to ask again (docs/formats/signed-requests.md).
/// </summary>
internal sealed class ProofsWanted : IResult, IStatusCodeHttpResult
{
    /// <summary>For whom no browser signs: read by people.</summary>
    private const string Sentence =
        "What you open at this lab is signed by the browser that you enrolled, and this browser is not enrolled for you. "
        + "Use the one that is, or enrol this one as a new device with a new link from whoever brought you here.";

    private readonly byte[] body;

    private ProofsWanted(byte[] body) => this.body = body;

    public int? StatusCode => StatusCodes.Status428PreconditionRequired;

    public static async ValueTask<ProofsWanted> OfAsync(IVault vault, Actor actor, RequestProofs proofs, CancellationToken cancellation)
    {
        var mine = await proofs.KeysAsync(actor, cancellation);
        var key = await proofs.KeyAsync(actor, cancellation);
        var opens = proofs.Opens.Take(RequestProofs.Most).ToList();
        var nonces = key is { } own && opens.Count + proofs.Acts.Count is > 0 and var count ? await vault.NoncesAsync(actor.Lab, own, count, cancellation) : [];
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("status"u8, StatusCodes.Status428PreconditionRequired);
            json.WriteString("code"u8, "sign"u8);
            json.WriteString("title"u8, "Not signed"u8);
            json.WriteString("detail"u8, Sentence);
            if (key is { } signer)
                Write(json, actor.Lab, signer, mine, opens, proofs.Acts, nonces);
            json.WriteEndObject();
        }

        return new ProofsWanted(buffer.WrittenSpan.ToArray());
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status428PreconditionRequired;
        httpContext.Response.ContentType = "application/problem+json";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.ContentLength = body.Length;
        return httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    /// <summary>Writes one open as a page signs it.</summary>
    public static void Write(Utf8JsonWriter json, WantedOpen open, ReadOnlyMemory<byte> nonce)
    {
        json.WriteStartObject();
        json.WriteString("project"u8, open.Project.Value);
        json.WriteNumber("act"u8, (byte)open.Act);
        json.WriteNumber("purpose"u8, (byte)open.Purpose);
        if (open.Assignment is { } assignment)
            json.WriteString("assignment"u8, assignment);
        else
            json.WriteNull("assignment"u8);
        json.WriteStartArray("records"u8);
        foreach (var record in open.Records)
        {
            json.WriteStartArray();
            json.WriteNumberValue((byte)record.Kind);
            json.WriteStringValue(record.Id.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("nonce"u8, Base64Url.EncodeToString(nonce.Span));
        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json, LabId lab, Guid key, IReadOnlyList<Guid> mine, List<WantedOpen> opens, IReadOnlyList<WantedAct> acts, IReadOnlyList<ReadOnlyMemory<byte>> nonces)
    {
        json.WriteString("lab"u8, lab.Value);
        json.WriteString("key"u8, key);
        json.WriteStartArray("keys"u8);
        foreach (var one in mine)
            json.WriteStringValue(one);
        json.WriteEndArray();
        json.WriteStartArray("opens"u8);
        for (var i = 0; i < opens.Count; i++)
            Write(json, opens[i], nonces[i]);
        json.WriteEndArray();
        json.WriteStartArray("acts"u8);
        for (var i = 0; i < acts.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, acts[i].Name);
            json.WriteString("content"u8, Base64Url.EncodeToString(acts[i].Content));
            json.WriteString("nonce"u8, Base64Url.EncodeToString(nonces[opens.Count + i].Span));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

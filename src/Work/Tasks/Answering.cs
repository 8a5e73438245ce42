using System.Buffers;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.Tasks;

/// <summary>An answer that fits its form.</summary>
/// <param name="Plaintext">In item terms, to be sealed.</param>
/// <param name="Vote">Keyed fingerprint of item and deciding answer; null where the deciding question has none.</param>
internal sealed record CheckedAnswer(Form Form, ItemShape Shape, ReadOnlyMemory<byte> Plaintext, byte[]? Vote);

/// <summary>Checks what somebody answered, or a reviewer put in its place, against the form and the item of the slot.</summary>
internal sealed class Answering(IVault vault, FormCatalog forms, ShownShapes shapes)
{
    public async Task<(CheckedAnswer? Answer, ProblemHttpResult? Problem)> CheckAsync(
        ProjectFacts project, Slot slot, System.Text.Json.JsonElement answers, double seconds, CancellationToken cancellation)
    {
        var (form, refused) = await forms.FindAsync(project, slot.FormVersion, cancellation);
        if (form is null)
            return (null, Problems.Refused(refused!));
        (var shape, refused) = await shapes.FindAsync(project, slot.Id, slot.Item, cancellation);
        if (refused is not null)
            return (null, Problems.Refused(refused));
        var plaintext = new ArrayBufferWriter<byte>(512);
        if (AnswerJson.Write(form, answers, project.Arrange(slot.Id, slot.Flipped).Show(shape), seconds, plaintext) is { } fault)
            return (null, Invalid(fault));
        return (new CheckedAnswer(form, shape, plaintext.WrittenMemory, await VoteAsync(project, slot.Item, form, plaintext.WrittenMemory, cancellation)), null);
    }

    public static ProblemHttpResult Invalid(Fault fault) =>
        Problems.Of(StatusCodes.Status422UnprocessableEntity, "answer-invalid", fault.Sentence, fault.Field);

    // With the item: the same vote on another item gives another fingerprint, so that nobody can count who votes how.
    private async ValueTask<byte[]?> VoteAsync(ProjectFacts project, Guid item, Form form, ReadOnlyMemory<byte> plaintext, CancellationToken cancellation)
    {
        if (AnswerJson.Vote(form, plaintext) is not { Length: > 0 } vote)
            return null;
        byte[] value = [.. item.ToByteArray(bigEndian: true), .. vote];
        return (await vault.FingerprintAsync(project.Lab, project.Id, [value], cancellation))[0];
    }
}

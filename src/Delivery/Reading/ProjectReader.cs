using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Delivery.Reading;

/// <summary>What a delivery says of its project.</summary>
/// <param name="Forms">By version.</param>
internal sealed record DeliveredProject(string Name, string Description, IReadOnlyDictionary<int, DeliveredForm> Forms);

/// <summary>Opens name, description and forms of a project.</summary>
internal sealed class ProjectReader(AppDb db, ExportDoor door)
{
    /// <returns>Null where one of these records does not open.</returns>
    public async Task<DeliveredProject?> ReadAsync(Guid project, CancellationToken cancellation)
    {
        var forms = await db.FormVersions.Where(form => form.Project == project)
            .OrderBy(form => form.Number).Select(form => new { form.Number, form.Record }).ToListAsync(cancellation);
        var opened = await door.OpenAsync(
            [new RecordRef(RecordKind.Project, new RecordId(project)), .. forms.Select(form => new RecordRef(RecordKind.Form, new RecordId(form.Record)))],
            cancellation);
        if (opened.Count == 0)
            return null;

        using var named = JsonDocument.Parse(opened[0]);
        return new DeliveredProject(
            named.RootElement.GetProperty("name"u8).GetString()!,
            named.RootElement.TryGetProperty("description"u8, out var description) ? description.GetString() ?? "" : "",
            forms.Select((form, i) => Read(form.Number, opened[i + 1])).ToDictionary(form => form.Version));
    }

    private static DeliveredForm Read(int version, ReadOnlyMemory<byte> plaintext)
    {
        using var form = JsonDocument.Parse(plaintext);
        return DeliveredForm.Read(version, form.RootElement);
    }
}

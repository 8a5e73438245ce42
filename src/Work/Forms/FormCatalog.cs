using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;

namespace Cofferdam.Work.Forms;

/// <summary>Opens each version of a form once per process to check answers against it; only its rules are kept.</summary>
internal sealed class FormCatalog(IVault vault, Store store)
{
    /// <param name="version">One that exists.</param>
    /// <returns>The form, or the vault's refusal.</returns>
    public async ValueTask<(Form? Form, OpenOutcome.Refused? Refused)> FindAsync(ProjectFacts project, int version, CancellationToken cancellation)
    {
        if (project.Forms.TryGetValue(version, out var known))
            return (known, null);

        var outcome = await vault.OpenAsync(
            new OpenRequest(
                project.Lab, project.Id, Principal.Service, Act.Open, Purpose.Validate,
                [new(RecordKind.Form, await RecordAsync(project.Id, version, cancellation))]),
            cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return (null, (OpenOutcome.Refused)outcome);
        var form = Form.Parse(opened.Records[0].Plaintext.Span);
        project.Forms[version] = form;
        return (form, null);
    }

    /// <summary>The form that an item's suggested answers are shown by; null where the item has none.</summary>
    public ValueTask<(Form? Form, OpenOutcome.Refused? Refused)> OfPrelabelsAsync(
        ProjectFacts project, int version, ItemShape shape, CancellationToken cancellation) =>
        shape.Prelabels.IsEmpty ? ValueTask.FromResult<(Form?, OpenOutcome.Refused?)>((null, null)) : FindAsync(project, version, cancellation);

    private async Task<RecordId> RecordAsync(ProjectId project, int version, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT record FROM form_version WHERE project = @project AND number = @number", ("@project", project.Value), ("@number", version));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new RecordId(reader.Id(0))
            : throw new InvalidOperationException("A batch names a form that does not exist.");
    }
}

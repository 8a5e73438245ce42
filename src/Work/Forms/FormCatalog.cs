using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Forms;

/// <summary>Opens each version of a form once per process to check answers against it; only its rules are kept.</summary>
internal sealed class FormCatalog(IVault vault, AppDb db)
{
    /// <param name="version">One that exists.</param>
    /// <returns>The form, or the vault's refusal.</returns>
    public async ValueTask<(Form? Form, OpenOutcome.Refused? Refused)> FindAsync(ProjectFacts project, int version, CancellationToken cancellation)
    {
        if (project.Forms.TryGetValue(version, out var known))
            return (known, null);

        var record = await db.FormVersions.Where(f => f.Project == project.Id.Value && f.Number == version)
            .Select(f => f.Record).SingleAsync(cancellation);
        var outcome = await vault.OpenAsync(
            new OpenRequest(project.Lab, project.Id, Principal.Service, Act.Open, Purpose.Validate, [new(RecordKind.Form, new RecordId(record))]),
            cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return (null, (OpenOutcome.Refused)outcome);
        var form = Form.Parse(opened.Records[0].Plaintext.Span);
        project.Forms[version] = form;
        return (form, null);
    }
}

using System.Text;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Forms;

/// <summary>
/// Keyed marks that stand for question keys in the database, so that it can be told which guideline sections apply to
/// which form while what a lab asks stays sealed.
/// </summary>
internal static class QuestionMarks
{
    // 9 bytes are 12 characters without padding; a chance meeting of two keys would only show one section too many.
    private const int Bytes = 9;

    /// <returns>Marks in the order of the keys, separated by commas; empty for no keys.</returns>
    public static async Task<string> OfAsync(IVault vault, LabId lab, ProjectId project, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return "";
        var values = keys.Select(key => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes("question\n" + key)).ToList();
        var marks = await vault.FingerprintAsync(lab, project, values, cancellation);
        return string.Join(',', marks.Select(mark => Convert.ToBase64String(mark.AsSpan(0, Bytes))));
    }

    /// <summary>Whether a section with these marks applies to a form with those.</summary>
    public static bool Apply(string section, string form) =>
        section.Length == 0 || section.Split(',').Intersect(form.Split(','), StringComparer.Ordinal).Any();
}

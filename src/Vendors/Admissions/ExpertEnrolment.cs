using System.Buffers.Text;
using System.Text.Json;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors.Admissions;

/// <summary>Somebody whom a vendor states, and who may enrol here now.</summary>
/// <param name="Slug">Of the lab.</param>
/// <param name="Name">What the account is called: made of the pseudonym, so that it says nothing.</param>
public sealed record EnrollingExpert(LabId Lab, string Slug, Guid Engagement, Guid Pseudonym, Role Role, string Name);

public abstract record ExpertLook
{
    private ExpertLook() { }

    public sealed record Valid(EnrollingExpert Expert) : ExpertLook;

    /// <summary>Staff of the lab have to decide first.</summary>
    public sealed record Waiting : ExpertLook;

    /// <param name="Code">Why not.</param>
    public sealed record Refused(string Code) : ExpertLook;
}

/// <summary>The lab's word on an enrolment: by a vendor's statement that names the browser key, and by the lab's policy.</summary>
public interface IExpertEnrolment
{
    /// <summary>What the statement is worth now. Changes nothing but that the person is known from then on.</summary>
    /// <param name="statement">Compact JWS.</param>
    Task<ExpertLook> LookAsync(string statement, CancellationToken cancellation);

    /// <summary>Has the vault take the statement and enrol the key that it names. Works once per statement.</summary>
    /// <param name="browserKey">65 bytes: 0x04 ‖ x ‖ y.</param>
    /// <returns>The key's id, or why not.</returns>
    Task<(Guid? Key, string? Code)> AdmitAsync(string statement, ReadOnlyMemory<byte> browserKey);
}

internal sealed class ExpertEnrolment(Admitting admitting, AppDb db, IVault vault, TimeProvider time) : IExpertEnrolment
{
    public async Task<ExpertLook> LookAsync(string statement, CancellationToken cancellation)
    {
        var (stated, fault) = await ReadAsync(statement, cancellation);
        if (stated is null)
            return new ExpertLook.Refused(fault!);
        await db.SaveChangesAsync(CancellationToken.None);
        if (fault is not null || stated.Admission.State is AdmissionState.Declined)
            return new ExpertLook.Refused(fault ?? "declined");
        return stated.Admission.State is AdmissionState.Waiting ? new ExpertLook.Waiting() : new ExpertLook.Valid(Expert(stated));
    }

    public async Task<(Guid? Key, string? Code)> AdmitAsync(string statement, ReadOnlyMemory<byte> browserKey)
    {
        var (stated, fault) = await ReadAsync(statement, CancellationToken.None);
        if (stated is null || fault is not null || stated.Admission.State is AdmissionState.Declined or AdmissionState.Waiting)
            return (null, fault ?? "not-admitted");
        var lab = new LabId(stated.Terms.Lab);
        var outcome = await vault.VouchAsync(lab, statement, Principal.Service, browserKey, CancellationToken.None);
        if (outcome is not VouchOutcome.Vouched { Key: { } key } vouched)
            return (null, outcome is VouchOutcome.Refused refused ? JsonNamingPolicy.KebabCaseLower.ConvertName(refused.Fault.ToString()) : "other-key");
        await admitting.VouchedAsync(lab, stated, vouched.Until);
        stated.Admission.State = AdmissionState.Enrolled;
        stated.Admission.EnrolledAt = time.GetUtcNow();
        await db.SaveChangesAsync(CancellationToken.None);
        return (key, null);
    }

    // Who hands it in is nobody yet: the engagement that it names says whose keys it must be signed with.
    private async Task<(Stated? Stated, string? Fault)> ReadAsync(string statement, CancellationToken cancellation)
    {
        if (statement.Length > 8 << 10 || EngagementOf(statement) is not { } engagement)
            return (null, "malformed");
        var terms = db.VendorTerms;
        var peer = await db.Peers.AsNoTracking().SingleOrDefaultAsync(one => terms.Any(row => row.Engagement == engagement && row.Peer == one.Id), cancellation);
        if (peer is not { State: PeerState.Active })
            return (null, "engagement");
        var (stated, fault) = await admitting.ReadAsync(peer, statement, cancellation);
        return stated is { Statement.Confirmation: null } ? (null, "no-key-named") : (stated, fault);
    }

    private static EnrollingExpert Expert(Stated stated) => new(
        new LabId(stated.Terms.Lab), stated.Statement.Lab, stated.Terms.Engagement, stated.Admission.Pseudonym, stated.Admission.Role,
        $"expert-{stated.Admission.Pseudonym.ToString("N")[..16]}");

    private static Guid? EngagementOf(string jws)
    {
        if (jws.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
            return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.ValueKind is JsonValueKind.Object && claims.RootElement.TryGetProperty("eng", out var engagement)
                && engagement.ValueKind is JsonValueKind.String && engagement.TryGetGuid(out var id) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

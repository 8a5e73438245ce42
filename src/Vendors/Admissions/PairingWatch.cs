using Cofferdam.Federation;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Terms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Vendors.Admissions;

/// <summary>
/// A pairing that ends takes its people with it: nobody is left who could withdraw them. New statement keys go to the vault at
/// once, unless the lab's staff have keys of their own: then one of them has to sign for it, by confirming the terms.
/// </summary>
internal sealed class PairingWatch(IServiceScopeFactory scopes, IVault vault, NodeIdentities identities) : IPeerObserver
{
    public async Task KeysChangedAsync(Peer peer, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var node = (await identities.GetAsync(cancellation)).Node;
        foreach (var terms in await db.VendorTerms.Where(row => row.Peer == peer.Id && row.Keys != peer.Keys.Version).ToListAsync(cancellation))
        {
            var judged = StatementKeys.Judged(terms.Engagement, peer, node, peer.Lab, terms.Headcount, terms.Ends);
            if (await vault.SetTermsAsync(new LabId(terms.Lab), judged, Principal.Service, proof: null, CancellationToken.None) is TermsOutcome.Set)
                terms.Keys = peer.Keys.Version;
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    public async Task EndedAsync(Peer peer, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var admitting = scope.ServiceProvider.GetRequiredService<Admitting>();
        var agreed = db.VendorTerms;
        var people = await db.Admissions.Where(row => row.State == AdmissionState.Enrolled || row.State == AdmissionState.Admissible)
            .Where(row => agreed.Any(terms => terms.Engagement == row.Engagement && terms.Peer == peer.Id)).ToListAsync(CancellationToken.None);
        foreach (var admission in people)
            await admitting.EndAsync(new LabId(peer.Owner), admission, AdmissionState.Withdrawn, CancellationToken.None);
    }
}

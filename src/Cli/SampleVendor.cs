using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary>What a lab and a vendor begin with, as a file describes it: terms, brief, places, an agreement, a listing.</summary>
/// <param name="Need">What the vendor pays for the work of the brief.</param>
internal sealed record SampleVendor(SampleAgreement Agreement, TermsBody Terms, BriefBody Brief, NeedBody Need, ListingBody Listing)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), LookAgain = TimeSpan.FromMilliseconds(200);

    /// <exception cref="CliException">The file is not such a description.</exception>
    public static async Task<SampleVendor> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, CliJson.Default.SampleVendor, cancellation) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CliException(ExitCode.WrongUse, "sample-format", "the file does not describe work with a vendor", "samples/everyday-help/vendor.json is one that does");
        }
    }

    /// <summary>Pairs the nodes and makes an engagement that experts can be offered work on.</summary>
    /// <param name="slug">The lab's name at its node.</param>
    /// <exception cref="ProblemException">A node refused a step.</exception>
    /// <exception cref="CliException">What the lab sent has not come.</exception>
    public async Task MakeAsync(NodeClient lab, string slug, DeskClient desk, CancellationToken cancellation)
    {
        var vendors = lab.Lab(slug).Vendors;
        var pairing = await PairAsync(lab.Address, slug, vendors, desk, cancellation);
        (await desk.PublishAsync(Agreement.Code, new AgreementBody(Agreement.Title, Agreement.Kind, Agreement.Text), cancellation)).OrThrow();
        var engagement = (await vendors.EngageAsync(pairing.Name, cancellation)).OrThrow().Id;
        (await vendors.ProposeAsync(engagement, Terms with { Peer = pairing.Id }, cancellation)).OrThrow();
        var brief = (await vendors.PublishAsync(engagement, Brief, cancellation)).OrThrow();

        // The lab's node tells the vendor's on its own; until then the vendor knows of neither.
        await OnceKnownAsync(() => desk.AcceptAsync(engagement, revision: 1, cancellation), cancellation);
        await OnceKnownAsync(() => desk.NeedAsync(Need with { Brief = brief }, cancellation), cancellation);
        (await desk.ListAsync(Listing, cancellation)).OrThrow();
    }

    /// <summary>The vendor asks, and both sides confirm. Two people would read the fingerprint to each other; here one program is both.</summary>
    /// <returns>The pairing as the lab sees it.</returns>
    private static async Task<Peer> PairAsync(Uri address, string slug, LabVendorsClient vendors, DeskClient desk, CancellationToken cancellation)
    {
        var begun = (await desk.PairAsync(address, slug, cancellation)).OrThrow();
        var asked = (await vendors.PeersAsync(cancellation)).OrThrow().Single(peer => peer.Id == begun.Id);
        (await vendors.ConfirmAsync(asked.Id, begun.Fingerprint, cancellation)).OrThrow();
        (await desk.ConfirmAsync(begun.Id, asked.Fingerprint, cancellation)).OrThrow();
        return asked;
    }

    private static async Task OnceKnownAsync(Func<Task<Reply<Nothing>>> act, CancellationToken cancellation)
    {
        var until = TimeProvider.System.GetTimestamp() + (long)(Patience.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            var reply = await act();
            if (reply.Problem is not { Status: 404 })
            {
                reply.OrThrow();
                return;
            }

            if (TimeProvider.System.GetTimestamp() > until)
                throw new CliException(ExitCode.NotTrue, "not-told", "the vendor's node has heard nothing from the lab's", "each must reach the other at the address that it was started with");
            await Task.Delay(LookAgain, cancellation);
        }
    }
}

internal sealed record SampleAgreement(string Code, string Title, string Kind, string Text);

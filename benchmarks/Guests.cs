using System.Buffers.Text;
using Cofferdam.Server.People;
using Cofferdam.Storage;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Bench;

/// <summary>A vendor's people at the lab's node: each stated, enrolled at the vault with a browser key, and signed in. Only the passkey is made up.</summary>
internal static class Guests
{
    public const string Enrol = "enrol those in ";

    /// <summary>What the lab's node answers to a command of this benchmark's; null where it is none.</summary>
    public static async Task<string?> AnswerAsync(IServiceProvider services, string command)
    {
        if (command.StartsWith(BenchPeer.PairCommand, StringComparison.Ordinal))
            return await BenchPeer.PairedAsync(services, await LabAsync(services), command);
        if (!command.StartsWith(Enrol, StringComparison.Ordinal))
            return null;
        var file = command[Enrol.Length..];
        var enrolled = new List<string>();
        foreach (var line in await File.ReadAllLinesAsync(file))
            enrolled.Add(await EnrolAsync(services, line.Split(' ')[0], Base64Url.DecodeFromChars(line.Split(' ')[1])));
        await File.WriteAllLinesAsync(file, enrolled);
        return Host.Done;
    }

    /// <returns>Cookie and id of the key.</returns>
    private static async Task<string> EnrolAsync(IServiceProvider services, string statement, byte[] key)
    {
        await using var scope = services.CreateAsyncScope();
        var enrolment = scope.ServiceProvider.GetRequiredService<IExpertEnrolment>();
        if (await enrolment.LookAsync(statement, CancellationToken.None) is not ExpertLook.Valid { Expert: var expert })
            throw new InvalidOperationException("the lab does not let a vendor's person in");
        var (id, code) = await enrolment.AdmitAsync(statement, key);
        var passkey = new UserPasskeyInfo(
            Guid.NewGuid().ToByteArray(), key, DateTimeOffset.UtcNow, signCount: 0, transports: [], isUserVerified: true, isBackupEligible: false, isBackedUp: false,
            attestationObject: [], clientDataJson: []);
        var cookie = await scope.ServiceProvider.GetRequiredService<ExpertAccounts>()
            .EnrolAsync(expert, Guid.CreateVersion7(), passkey, id ?? throw new InvalidOperationException($"the vault does not enrol a key: {code}"));
        return $"cofferdam={cookie} {id}";
    }

    private static async Task<Guid> LabAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().Labs.Select(lab => lab.Id).SingleAsync();
    }
}

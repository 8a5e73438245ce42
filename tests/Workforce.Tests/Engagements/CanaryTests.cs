using System.Collections;
using System.Reflection;
using System.Text;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Messages;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Tests.Engagements;

/// <summary>
/// What a lab can tell a vendor at all. A field that is added to a message fails here first, and goes into the threat model's
/// list with what it says; a text is the brief's description, its code name or the programme, and nothing else.
/// </summary>
public sealed class CanaryTests
{
    private const string Canary = "CANARY-7f3a9";

    /// <summary>Fields in which somebody at a lab can write what they like.</summary>
    private static readonly string[] Prose = ["OfferedTerms.Programme", "OfferedTerms.SubContractors", "Brief.CodeName", "Brief.Description"];

    /// <summary>Strings that are codes, names of types or classes of reasons, each checked where it is read.</summary>
    private static readonly string[] Codes =
    [
        "OfferedTerms.Lab", "OfferedTerms.Currency", "AgreedRate.Skill", "RequiredAgreement.Code", "Brief.Skills", "Brief.Languages", "Brief.ContentClasses",
        "WorkEvent.Source", "WorkEvent.Type", "WorkEvent.SpecVersion", "WorkEventData.Reason", "DayCount.Type", "StatementReply.State", "StatementReply.Fault",
    ];

    [Fact]
    public void MessagesOfLabs_HoldNoTextButTheBriefs()
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var message in (Type[])[typeof(OfferedTerms), typeof(Brief), typeof(WorkEvent), typeof(StatementReply), typeof(CursorMessage)])
            Texts(message, texts, []);

        texts.ShouldBe([.. Prose.Concat(Codes).Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public void Events_ThatCarryAnythingElse_AreNotRead()
    {
        var told = new WorkEvent(Guid.NewGuid(), WorkEvent.SourceOf("acme", Guid.NewGuid()), WorkEventTypes.AssignmentStarted, DateTimeOffset.UnixEpoch, 1, Guid.NewGuid(), new WorkEventData());
        var honest = Encoding.UTF8.GetString(WorkEventBatch.Write([told]));
        WorkEventBatch.Read(Encoding.UTF8.GetBytes(honest)).ShouldNotBeNull();

        WorkEventBatch.Read(Encoding.UTF8.GetBytes(honest.Replace("\"data\":{", $"\"data\":{{\"prompt\":\"{Canary}\",", StringComparison.Ordinal))).ShouldBeNull();
        WorkEventBatch.Read(Encoding.UTF8.GetBytes(honest.Replace("\"data\":{", $"\"data\":{{\"reason\":\"{Canary}\"", StringComparison.Ordinal))).ShouldBeNull();
    }

    [Fact]
    public async Task Brief_OfALab_IsNowhereInTheNodesOwnDatabase()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        await vendor.PlaceAsync(await vendor.NeedAsync(codeName: Canary), await vendor.HireAsync("ada"));
        await vendor.DbAsync(async db => { await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"); return true; });

        // A lock file is empty, and nobody else may open it.
        foreach (var file in Directory.EnumerateFiles(vendor.Node.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(Canary)) >= 0).ShouldBeFalse(file);
            (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("contract law"u8) >= 0).ShouldBeFalse(file);
        }
    }

    private static void Texts(Type type, SortedSet<string> into, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            return;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var holds = property.PropertyType;
            if (holds != typeof(string) && holds.IsGenericType && holds.IsAssignableTo(typeof(IEnumerable)))
                holds = holds.GetGenericArguments()[0];
            if (holds == typeof(string))
                into.Add($"{type.Name}.{property.Name}");
            else if (holds.Assembly == type.Assembly && !holds.IsEnum)
                Texts(holds, into, seen);
        }
    }
}

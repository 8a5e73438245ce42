using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Federation.Events;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Events;
using WireEvent = Cofferdam.Federation.Events.WorkEvent;
using WireKind = Cofferdam.Federation.Events.WorkKind;

namespace Cofferdam.Vendors.Telling;

/// <summary>Work events as they leave the lab.</summary>
/// <remarks>
/// The lab's ids of slots and projects stay at the lab: ids lie in the order of items, those of known answers between two
/// others, and a project has one id for all vendors. What leaves is another id per engagement, from which the lab's cannot be
/// worked out: both hold 74 random bits.
/// </remarks>
internal static class TellingEvents
{
    /// <param name="lab">Slug.</param>
    public static WireEvent Of(NumberedEvent told, string lab, Guid engagement) => new(
        Derived("event", engagement, Number(told.Sequence)),
        WireEvent.SourceOf(lab, engagement), Type(told.Type), told.At, told.Sequence, told.Person, Data(told, engagement));

    /// <summary>The id by which a vendor knows a slot, a project or an event.</summary>
    /// <returns>UUID version 8 (RFC 9562) of SHA-256("cofferdam/" ‖ what ‖ "@1\n" ‖ engagement 16 bytes ‖ id 16 bytes).</returns>
    public static Guid Derived(string what, Guid engagement, Guid id)
    {
        byte[] name = [.. Encoding.ASCII.GetBytes($"cofferdam/{what}@1\n"), .. engagement.ToByteArray(bigEndian: true), .. id.ToByteArray(bigEndian: true)];
        var hash = SHA256.HashData(name);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static WorkEventData? Data(NumberedEvent told, Guid engagement)
    {
        if (told.Type is WorkEventType.EngagementEnded or WorkEventType.EngagementResumed)
            return null;
        return new WorkEventData(
            told.Assignment is { } assignment ? Derived("assignment", engagement, assignment) : null,
            told.Project is { } project ? Derived("project", engagement, project) : null,
            told.Kind is { } kind ? (WireKind)kind : null,
            told.Seconds is { } seconds ? Whole(seconds) : null,
            told.Reason is { } reason ? Reason((ReasonClass)reason) : null,
            told.Type is WorkEventType.DayTotal ? [.. told.Totals.Select(one => new DayCount(Type(one.Type), (WireKind)one.Kind, one.Count, Whole(one.Seconds)))] : null);
    }

    private static string Type(WorkEventType type) => type switch
    {
        WorkEventType.Started => WorkEventTypes.AssignmentStarted,
        WorkEventType.Submitted => WorkEventTypes.AssignmentSubmitted,
        WorkEventType.Accepted => WorkEventTypes.AssignmentAccepted,
        WorkEventType.Returned => WorkEventTypes.AssignmentReturned,
        WorkEventType.Expired => WorkEventTypes.AssignmentExpired,
        // Who gives a task back says no more of it than who does not want it; the vendor is not told which.
        WorkEventType.Skipped or WorkEventType.Released => WorkEventTypes.AssignmentSkipped,
        WorkEventType.ReadingDone => WorkEventTypes.ReadingDone,
        WorkEventType.QuestionAsked => WorkEventTypes.QuestionAsked,
        WorkEventType.EngagementSuspended => WorkEventTypes.EngagementSuspended,
        WorkEventType.EngagementResumed => WorkEventTypes.EngagementResumed,
        WorkEventType.EngagementEnded => WorkEventTypes.EngagementEnded,
        WorkEventType.ProjectPaused => WorkEventTypes.ProjectPaused,
        WorkEventType.ProjectResumed => WorkEventTypes.ProjectResumed,
        WorkEventType.DayTotal => WorkEventTypes.DayTotal,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "An event that nobody outside knows."),
    };

    private static string Reason(ReasonClass reason) => reason switch
    {
        ReasonClass.SecurityIncident => "security-incident",
        ReasonClass.QualityQuestion => "quality-question",
        ReasonClass.ContractQuestion => "contract-question",
        ReasonClass.PlannedPause => "planned-pause",
        _ => "other",
    };

    private static int Whole(double seconds) => (int)Math.Round(seconds, MidpointRounding.AwayFromZero);

    private static Guid Number(long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, sequence);
        return new Guid(bytes, bigEndian: true);
    }
}

using System.Text.Json.Serialization;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Features.CheckIn.Contract;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>What a tablet sends to be paired.</summary>
/// <param name="Code">The pairing code as it was typed.</param>
public sealed record PairingRequest(string? Code);

/// <summary>What a tablet is answered when it was paired.</summary>
/// <param name="Token">What it says who it is by, in the header Authorization: Bearer. It is not told again.</param>
/// <param name="Device">What leaders call it.</param>
public sealed record KioskPaired(string Token, string Device);

/// <summary>All that a tablet needs to take check-ins of its run, also without network.</summary>
/// <param name="Device">What leaders call the tablet.</param>
/// <param name="Run">The run that it serves.</param>
/// <param name="ServerTime">Now.</param>
/// <param name="TimeZone">The zone in which times are shown.</param>
/// <param name="CardSalt">Key of the cards in this answer, Base64Url. It is new each time.</param>
/// <param name="People">Who is expected; empty once check-in has closed.</param>
public sealed record KioskRunAnswer(string Device, KioskRunFacts Run, DateTimeOffset ServerTime, string TimeZone, string CardSalt, IReadOnlyList<KioskPerson> People);

/// <param name="Id">The run; moments name it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Site">Where.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="OpensAt">From when the first may check in.</param>
/// <param name="ClosesAt">Until when the last may.</param>
/// <param name="Closed">Check-in is over: the names are to be erased once nothing waits to be sent.</param>
public sealed record KioskRunFacts(Guid Id, string Title, string Site, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, bool Closed);

/// <param name="Id">The person; moments name it.</param>
/// <param name="Name">The name on the tile.</param>
/// <param name="Number">The volunteer number, only where two people of the run have one name.</param>
/// <param name="Letter">First letter of the name's pinyin; empty where it has none.</param>
/// <param name="Post">What the person does.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="State">Whether the person is here.</param>
/// <param name="Card">HMAC-SHA-256, keyed with the salt, of the Base64 SHA-256 of "card:" and the personal code; Base64Url. Null without a card.</param>
public sealed record KioskPerson(Guid Id, string Name, string? Number, string Letter, string Post, DateTimeOffset StartsAt, DateTimeOffset EndsAt, KioskPresence State, string? Card);

[JsonConverter(typeof(JsonStringEnumConverter<KioskPresence>))]
public enum KioskPresence
{
    [JsonStringEnumMemberName("expected")]
    Expected,

    [JsonStringEnumMemberName("present")]
    Present,

    [JsonStringEnumMemberName("left")]
    Left,
}

/// <summary>What happened at a tablet, up to a hundred at once, in the order in which it happened. Without any it is a sign of life.</summary>
/// <param name="SentAt">The tablet's clock as it sends.</param>
/// <param name="Moments">What happened.</param>
public sealed record KioskUpload(DateTimeOffset SentAt, IReadOnlyList<KioskMoment>? Moments);

/// <summary>Somebody came or left. Exactly one of <paramref name="VolunteerId"/>, <paramref name="Code"/>, <paramref name="Proof"/> says who.</summary>
/// <param name="RequestId">Chosen by the tablet once for this moment, and kept when it is sent again.</param>
/// <param name="RunId">The run that the tablet served then.</param>
/// <param name="VolunteerId">Whose tile was tapped.</param>
/// <param name="Code">The personal code that was scanned or typed.</param>
/// <param name="Proof">Last four digits and PIN; only at once, never from a queue.</param>
/// <param name="Arriving">In, or out.</param>
/// <param name="OccurredAt">When, by the tablet's clock.</param>
/// <param name="Queued">It happened while the server could not be asked: a fact, not a question.</param>
public sealed record KioskMoment(Guid RequestId, Guid RunId, Guid? VolunteerId, string? Code, PinProof? Proof, bool Arriving, DateTimeOffset OccurredAt, bool Queued);

/// <param name="LastFour">Of the phone number.</param>
/// <param name="Pin">The check-in PIN.</param>
public sealed record PinProof(string? LastFour, string? Pin);

/// <summary>What became of the moments, one result each, in their order.</summary>
public sealed record KioskUploadAnswer(DateTimeOffset ServerTime, IReadOnlyList<KioskResult> Results);

/// <summary>The token is refused; what was sent with it has no effect, and stands on the leader's list where it is marked as kept.</summary>
public sealed record KioskRefusal(string Type, string Title, int Status, IReadOnlyList<KioskResult> Results);

/// <param name="RequestId">Of the moment.</param>
/// <param name="Receipt">It is recorded.</param>
/// <param name="Doubts">What a leader will look at: clock-off, outside-window, not-rostered.</param>
/// <param name="Problem">It is not recorded, and why.</param>
/// <param name="Kept">It is not recorded, and a leader will look at it: the tablet may forget it.</param>
public sealed record KioskResult(Guid RequestId, KioskReceipt? Receipt, IReadOnlyList<string> Doubts, CheckInProblem? Problem, bool Kept);

/// <param name="At">When it happened.</param>
/// <param name="Arrived">In, or out.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="VolunteerId">The person.</param>
public sealed record KioskReceipt(DateTimeOffset At, bool Arrived, string Name, Guid VolunteerId);

/// <summary>A moment was told of another run than the one that the tablet serves now.</summary>
public sealed record ServesAnotherRun(string Of, string Expected) : Refusal;

/// <summary>No tablet of this run is meant.</summary>
public sealed record KioskNotFound : Refusal;

/// <summary>A tablet has a name, so that leaders know which one is meant.</summary>
public sealed record KioskNameWrong(int Most) : Refusal;

/// <summary>What the contract calls doubts.</summary>
internal static class DoubtNames
{
    public static IReadOnlyList<string> Of(Doubts doubts)
    {
        var names = new List<string>();
        if (doubts.HasFlag(Doubts.ClockOff)) names.Add("clock-off");
        if (doubts.HasFlag(Doubts.OutsideWindow)) names.Add("outside-window");
        if (doubts.HasFlag(Doubts.NotOnRoster)) names.Add("not-rostered");
        return names;
    }
}

using System.Text;
using CsCheck;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class CheckInCodeTests
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Tag = "7Q0M3KXZ";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("the key of this installation, 32b");
    private static readonly byte[] OtherKey = Encoding.UTF8.GetBytes("the key of another installation..");

    /// <summary>The first instant of a step.</summary>
    private static readonly DateTimeOffset Nine = Saturday.At("09:00");

    private readonly string _code = CheckInCode.At(Tag, Nine, Step, Key);

    private static Gen<string> Tags => Gen.Int[0, 31].Select(i => Digits[i]).Array[CheckInCode.TagDigits].Select(c => new string(c));

    private static Gen<DateTimeOffset> Times => Gen.Long[0, 50L * 365 * 24 * 3600 * 1000].Select(ms => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(ms));

    [Fact]
    public void A_fresh_code_names_its_run() => Assert.Equal(Tag, Read(_code, Nine).Value);

    [Fact]
    public void A_code_stays_the_same_through_its_step_and_then_changes()
    {
        Assert.Equal(_code, CheckInCode.At(Tag, Nine.AddSeconds(29.999), Step, Key));
        Assert.NotEqual(_code, CheckInCode.At(Tag, Nine.AddSeconds(30), Step, Key));
        Assert.Equal(Nine.AddSeconds(30), CheckInCode.ChangesAfter(Nine, Step));
        Assert.Equal(Nine.AddSeconds(30), CheckInCode.ChangesAfter(Nine.AddSeconds(29.999), Step));
    }

    [Fact]
    public void A_code_is_taken_one_step_before_and_one_step_after_its_own()
    {
        Assert.Equal(Tag, Read(_code, Nine.AddSeconds(-30)).Value);
        Assert.Equal(Tag, Read(_code, Nine.AddSeconds(59.999)).Value);
    }

    [Fact]
    public void A_code_two_steps_off_has_expired()
    {
        Assert.Equal(new CodeExpired(), Read(_code, Nine.AddSeconds(60)).Refusal);
        Assert.Equal(new CodeExpired(), Read(_code, Nine.AddSeconds(-30.001)).Refusal);
        Assert.Equal(new CodeExpired(), Read(_code, Nine.AddDays(300)).Refusal);
    }

    [Fact]
    public void A_code_may_be_typed_in_small_letters() =>
        Assert.Equal(Tag, Read(_code.ToLowerInvariant(), Nine).Value);

    [Fact]
    public void A_code_of_another_installation_is_unknown() =>
        Assert.Equal(new CodeUnknown(), Read(CheckInCode.At(Tag, Nine, Step, OtherKey), Nine).Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("HELLO")]
    [InlineData("UUUUUUUUUUUUUUUUUUUUUUUUUUU")]
    [InlineData("二维码二维码二维码二维码二维码二维码二维码二维码二维码")]
    [InlineData("000000000000000000000000000")]
    public void What_was_never_a_code_is_unknown(string text) => Assert.Equal(new CodeUnknown(), Read(text, Nine).Refusal);

    [Fact]
    public void A_code_with_a_digit_too_many_or_too_few_is_unknown()
    {
        Assert.Equal(new CodeUnknown(), Read(_code + "0", Nine).Refusal);
        Assert.Equal(new CodeUnknown(), Read(_code[..^1], Nine).Refusal);
    }

    [Fact]
    public void An_expired_code_is_not_made_fresh_by_writing_another_step_into_it()
    {
        var fresh = CheckInCode.At(Tag, Nine.AddHours(1), Step, Key);
        var forged = fresh[..^12] + _code[^12..];
        Assert.Equal(new CodeUnknown(), Read(forged, Nine.AddHours(1)).Refusal);
    }

    [Fact]
    public void A_new_tag_can_stand_in_a_code()
    {
        var tags = Enumerable.Range(0, 50).Select(_ => CheckInCode.NewTag()).ToList();
        Assert.All(tags, tag => Assert.Equal(tag, Read(CheckInCode.At(tag, Nine, Step, Key), Nine).Value));
        Assert.Equal(tags.Count, tags.Distinct().Count());
    }

    [Fact]
    public void Whatever_the_tag_and_the_time_a_code_is_read_back_within_its_tolerance_and_not_beyond() =>
        Gen.Select(Tags, Times, Gen.Int[-4, 4], Gen.Int[0, 3]).Sample((tag, at, steps, tolerance) =>
        {
            var code = CheckInCode.At(tag, at, Step, Key);
            Assert.Equal(CheckInCode.Length, code.Length);
            var read = CheckInCode.Read(code, at + (steps * Step), Step, tolerance, Key);
            Assert.Equal(Math.Abs(steps) <= tolerance ? tag : null, read.Value);
            Assert.Equal(Math.Abs(steps) <= tolerance ? null : new CodeExpired(), read.Refusal);
        }, iter: 1000);

    [Fact]
    public void Whichever_digit_is_altered_the_code_is_unknown() =>
        Gen.Select(Tags, Times, Gen.Int[0, CheckInCode.Length - 1], Gen.Int[1, 31]).Sample((tag, at, place, shift) =>
        {
            var code = CheckInCode.At(tag, at, Step, Key).ToCharArray();
            code[place] = Digits[(Digits.IndexOf(code[place], StringComparison.Ordinal) + shift) % Digits.Length];
            Assert.Equal(new CodeUnknown(), Read(new string(code), at).Refusal);
        }, iter: 1000);

    [Fact]
    public void A_code_changes_when_it_says_that_it_does() =>
        Gen.Select(Tags, Times).Sample((tag, at) =>
        {
            var change = CheckInCode.ChangesAfter(at, Step);
            Assert.InRange(change - at, TimeSpan.FromTicks(1), Step);
            Assert.Equal(CheckInCode.At(tag, at, Step, Key), CheckInCode.At(tag, change.AddMilliseconds(-1), Step, Key));
            Assert.NotEqual(CheckInCode.At(tag, at, Step, Key), CheckInCode.At(tag, change, Step, Key));
        }, iter: 500);

    private static Outcome<string> Read(string code, DateTimeOffset now) =>
        CheckInCode.Read(code, now, Step, tolerance: 1, Key);
}

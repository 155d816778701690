namespace VolunteerHub.Domain.Volunteers;

/// <summary>
/// A phone number as it is stored: encrypted, with two keyed blind indexes by which it can be found
/// without being readable (个人信息保护法 §51). Made and opened outside the domain, where the key is.
/// </summary>
/// <param name="Cipher">The number in E.164 form, encrypted; names the key that opens it.</param>
/// <param name="WholeIndex">Keyed hash of the number in E.164 form.</param>
/// <param name="TailIndex">Keyed hash of its last four digits.</param>
public sealed record ProtectedPhone(string Cipher, string WholeIndex, string TailIndex);
